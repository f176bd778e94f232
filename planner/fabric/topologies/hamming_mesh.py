"""HammingMesh: meshed boards of chips whose rows and columns hang on switches."""

from __future__ import annotations

from math import ceil, isqrt

from planner.fabric.ask import Ask, refusal
from planner.fabric.counts import ENDPOINT, Bundle, Counts, topology
from planner.fabric.topologies.clos import largest, plane, split

DEFAULT_BOARD = 2


@topology("hamming-mesh", "board", "boards", "planes")
def hamming_mesh(ask: Ask) -> Counts:
    """x × x boards of a × a chips; every row and column of chips ends on a network of its own.

    Equation: N = (a·x)²; 2·a·x lines of 2x ports a plane; ⌈lines·2x/k⌉ switches where 2x ≤ k, else
    each line is a two-tier Clos; 2a(a − 1) free links on a board a plane. Chips are at most
    2·(line + 2⌊(a − 1)/2⌋) links apart, line being 2 (4 in two tiers); bisection a·x² a plane.
    Half of the line cables stay in a rack, as in the paper's costs.
    Source: Hoefler et al., SC 2022 (arXiv 2209.01346). Raises FAB003 where the chips are no square.

    >>> hamming_mesh(Ask(board=2, boards=16, planes=4, radix=64)).switch_count
    128
    """
    board = ask.board or DEFAULT_BOARD
    boards = ask.boards or boards_for(ask.wanted(), board, most_ports(ask) // 2)
    side, lines = board * boards, 2 * board * boards
    if ask.endpoints not in (None, side * side):
        what = f"{boards} x {boards} boards of {board} x {board} hold {side * side} chips"
        raise refusal("FAB003", "endpoints", what, f"nearest: --endpoints {side * side}")
    switches, between, tiers = line_switches(ask, lines, 2 * boards)
    cables = lines * 2 * boards if boards > 1 else 0
    bundles = [
        Bundle(ENDPOINT, cables // 2, "in_rack"),
        Bundle(ENDPOINT, cables - cables // 2, "row"),
    ]
    if between:
        bundles.append(Bundle("leaf_spine", between, "hall"))
    on_board = boards**2 * 2 * board * (board - 1)
    line = 2 * tiers if boards > 1 else 0
    hops = 2 * (line + 2 * ((board - 1) // 2)) if boards > 1 else 2 * (board - 1)
    cut = board * boards * (boards - boards % 2) if boards > 1 else board
    one = Counts(
        "hamming-mesh", side * side, ask.port_gbps, switches if boards > 1 else {},
        tuple(bundles), 4, hops, cut,
    ).times(ask.planes)  # fmt: skip
    further = {"on_board_links": float(on_board * ask.planes)}
    return Counts(
        "hamming-mesh", side * side, ask.port_gbps, one.switches, one.bundles, 4 * ask.planes,
        hops, one.bisection_links, further,
    )  # fmt: skip


def line_switches(ask: Ask, lines: int, ports: int) -> tuple[dict[str, int], int, int]:
    """Switches of a plane's lines, links between them, tiers: lines share a switch where they fit."""
    if ports <= ask.ports:
        return {"leaf": ceil(lines * ports / ask.ports)}, 0, 1
    most = most_ports(ask)
    if ports > most:
        what = f"a line of {ports} ports is more than two tiers of {ask.ports}-port switches hold"
        raise refusal("FAB002", "boards", what, f"nearest: --boards {most // 2}")
    one = plane("clos", Ask(endpoints=ports, radix=ask.ports, tiers=2), ports, "row")
    tiers = {tier: count * lines for tier, count in one.switches.items()}
    return tiers, one.inter_switch_links * lines, 2


def most_ports(ask: Ask) -> int:
    """The longest line that two tiers of switches hold; one switch where a leaf cannot be split."""
    return largest(2, ask.ports, split(ask.ports, 1)[0]) if ask.ports > 1 else 1


def boards_for(count: int, board: int, most: int) -> int:
    """Boards on a side for a square of chips; FAB003 naming the nearest squares.

    most: boards that a line can join.
    """
    boards = max(isqrt(count) // board, 1)
    if (boards * board) ** 2 == count:
        return boards
    sides = {min(side, max(most, 1)) for side in (boards, isqrt(count) // board + 1)}
    near = " or ".join(str((b * board) ** 2) for b in sorted(sides))
    what = f"{count} chips are no square of {board} x {board} boards"
    raise refusal("FAB003", "endpoints", what, f"nearest: --endpoints {near}")
