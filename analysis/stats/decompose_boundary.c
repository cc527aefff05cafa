#include "stats/decompose_boundary.h"

static bool is_exact(const struct kg_range *range)
{
	return range->low == range->high;
}

/* What stays of `before` appears on both sides of a difference: its range is that of (share - 1) times it. */
static void set_bounds(const struct kg_redrawn *unit, struct kg_term *term)
{
	const struct kg_range *before = &unit->before, *gained = &unit->gained, *after = &unit->after;

	term[KG_CHANGE].bound_low = after->low - before->high;
	term[KG_CHANGE].bound_high = after->high - before->low;
	term[KG_BOUNDARY_CHANGE].bound_low = gained->low - (1 - unit->kept_low) * before->high;
	term[KG_BOUNDARY_CHANGE].bound_high = gained->high - (1 - unit->kept_high) * before->low;
	term[KG_REAL_CHANGE].bound_low = after->low - gained->high - unit->kept.high;
	term[KG_REAL_CHANGE].bound_high = after->high - gained->low - unit->kept.low;
	if (term[KG_REAL_GROWTH].why != KG_WHY_NONE)
		return;
	term[KG_REAL_GROWTH].bound_low = 100 * (after->low / (gained->high + unit->kept.high) - 1);
	term[KG_REAL_GROWTH].bound_high = 100 * (after->high / (gained->low + unit->kept.low) - 1);
}

void kg_decompose_boundary(const struct kg_redrawn *unit, struct kg_term term[KG_REDRAWN_TERMS])
{
	static const char *const name[] = { "change", "boundary_change", "real_change", "real_growth" };
	double carried = unit->kept.value + unit->gained.value;
	bool exact =
	    is_exact(&unit->before) && is_exact(&unit->kept) && is_exact(&unit->gained) && is_exact(&unit->after);

	for (size_t k = 0; k < KG_REDRAWN_TERMS; k++)
		term[k] = kg_term_new(name[k], k == KG_REAL_GROWTH ? "%" : NULL);
	term[KG_CHANGE].estimate = unit->after.value - unit->before.value;
	term[KG_BOUNDARY_CHANGE].estimate = carried - unit->before.value;
	term[KG_REAL_CHANGE].estimate = unit->after.value - carried;
	if (carried > 0)
		term[KG_REAL_GROWTH].estimate = 100 * (unit->after.value / carried - 1);
	else
		term[KG_REAL_GROWTH].why = KG_WHY_ZERO_BASE;
	if (!exact)
		set_bounds(unit, term);
}

/* Its call is kg_decompose_boundary. */
const struct kg_stat kg_stat_decompose_boundary = {
	.program = "growth-boundary",
	.id = "decompose-boundary",
	.title = "change of a unit whose boundaries moved: redrawing and real change",
	.formula =
	    "X = first value within the old boundaries, X* = first value within the new ones (shares of the "
	    "crosswalk), Y "
	    "= last value; change = Y - X, boundary_change = X* - X, real_change = Y - X*, real_growth = 100 (Y / X* - "
	    "1); boundary_change + real_change = change, and the boundary changes of all units sum to 0",
	.source = "units held constant on the later boundaries: Norman, Rees & Boyle 2003, International Journal of "
		  "Population "
		  "Geography 9:365-386; shares: Goodchild & Lam 1980, Geo-Processing 1:297-312",
	.assumes =
	    "values are counts, which add; what moved is valued at the first period, so growth of the part that "
	    "moved counts as real change of the unit it moved to; a unit without its own code before starts at 0, "
	    "a renamed one at its predecessor's value",
	.agrees = "the identity, and slow sums over random crosswalks, in the unit test",
	.unit = "the value's own; %",
	.needs = KG_NEEDS_Y,
	.min_n = 2,
	.terms_most = KG_REDRAWN_TERMS,
};
