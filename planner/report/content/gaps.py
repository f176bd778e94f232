"""What the model leaves out, said in every report."""

GAPS = (
    "Queues: a service level is met at the batch that holds its limits, and waiting is covered by the headroom of the policy, not by a queueing model.",
    "Inside a load block demand is level; peaks shorter than a block are covered by headroom alone.",
    "One plan sees one future: what could go differently is the risk analysis, not this plan.",
    "Prices, dates and figures are those known on the as-of date; a source may be wrong, and its evidence tier says how much to trust it.",
    "Installation effects on the power grid, supplier bargaining and competitors' orders are outside.",
)
