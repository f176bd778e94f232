"""The report as a workbook that recalculates: inputs, workings and outputs apart."""
