#include "harmonise.h"
#include "stats/apportion.h"

static void add_part(struct kg_received *to, const struct kg_column *column, size_t row, double part,
		     const struct kg_link *link)
{
	double value = column->real[row];
	double low = column->low ? column->low[row] : value, high = column->high ? column->high[row] : value;
	bool bounded = low != high, unknown = link->low != link->high, apportioned = unknown || link->high < 1;

	to->units += link->high > 0;
	to->value += part;
	to->apportioned += apportioned ? part : 0;
	to->bounded |= bounded || unknown;
	to->unknown |= unknown;
	to->negative |= value < 0;
	to->low += bounded || unknown ? low * link->low : part;
	to->high += bounded || unknown ? high * link->high : part;
}

void kg_harmonise_carry(const struct kg_harmonise_run *run, const struct kg_column *column, size_t row, double *part,
			struct kg_received *received)
{
	const struct kg_extent *extent = &run->crosswalk.extent[run->extent_of[row]];
	const struct kg_link *link = &run->crosswalk.link[extent->first];
	bool missing = kg_column_missing(column, row);

	if (!missing)
		kg_apportion(column->real[row], &run->crosswalk.share[extent->first], extent->count,
			     run->options->whole, part);
	for (size_t k = 0; k < extent->count; k++) {
		if (missing)
			received[link[k].to].missing++;
		else
			add_part(&received[link[k].to], column, row, part[k], &link[k]);
	}
}

/* Where a new unit comes from on one day. */
struct origin {
	size_t whole, parts;
	bool same;
};

static const char *name_event(const struct origin *origin)
{
	if (origin->parts)
		return origin->parts + origin->whole == 1 ? "split" : "transfer";
	if (origin->whole > 1)
		return "merge";
	return origin->whole == 1 && !origin->same ? "rename" : NULL;
}

const char *const *kg_harmonise_events(const struct kg_crosswalk *crosswalk, long day, struct kg_arena *arena)
{
	const char **event = KG_ARRAY(arena, const char *, crosswalk->nnew + 1);
	struct origin *origin = KG_ARRAY(arena, struct origin, crosswalk->nnew + 1);

	if (!event || !origin)
		return NULL;
	for (size_t unit = 0; unit < crosswalk->nold; unit++) {
		size_t at = kg_crosswalk_find(crosswalk, unit, day);
		const struct kg_extent *extent = &crosswalk->extent[at];

		for (size_t k = 0; at != SIZE_MAX && k < extent->count; k++) {
			const struct kg_link *link = &crosswalk->link[extent->first + k];

			origin[link->to].whole += link->low == 1;
			origin[link->to].parts += link->low < 1 && link->high > 0;
			origin[link->to].same |= link->same;
		}
	}
	for (size_t unit = 0; unit < crosswalk->nnew; unit++)
		event[unit] = crosswalk->broken[unit] ? NULL : name_event(&origin[unit]);
	return event;
}
