"""What exists: chips, systems, models, media, contracts, pools; every figure a sourced, dated fact."""
