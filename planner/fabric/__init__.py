"""Networks: topologies as counts, media as bills, collectives as times; the wiring of a system."""

import planner.fabric.topologies  # noqa: F401  (importing the package registers every topology)
