"""Sharing a whole number among cells, by weight, within what each can bear, so that the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence


def share(total: int, weights: Sequence[int], low: Sequence[int], high: Sequence[int]) -> list[int]:
    """Share ``total`` by weight with the largest remainder; each part lies between its ``low`` and ``high``.

    A part without weight stays at its ``low``. Raises ``ValueError`` where the parts cannot hold the total.
    """
    parts = list(low)
    left = total - sum(parts)
    if left < 0:
        raise ValueError(f"{total} is less than the least parts together ({total - left})")
    while left:
        open_parts = [
            index for index, weight in enumerate(weights) if weight > 0 and parts[index] < high[index]
        ]
        whole = sum(weights[index] for index in open_parts)
        if not whole:
            raise ValueError(f"no part has room for {left} of {total}")
        given, is_full, rests = 0, False, []
        for index in open_parts:
            part, rest = divmod(left * weights[index], whole)
            room = high[index] - parts[index]
            if part >= room:
                part, is_full = room, True
            else:
                rests.append((-rest, index))
            parts[index] += part
            given += part
        left -= given
        # Once nobody's room cut anything off, what is left is less than one for each.
        if not is_full or not given:
            for _rest, index in sorted(rests)[:left]:
                parts[index] += 1
                left -= 1
    return parts
