#include "smooth_places.h"

#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "table/name_set.h"

static int compare_keys(const void *a, const void *b)
{
	const struct kg_smooth_place *const *left = a, *const *right = b;

	return strcmp((*left)->key, (*right)->key);
}

static enum kg_why refuse(const struct kg_counts *counts)
{
	if (!counts->sample.n)
		return KG_WHY_MISSING;
	if (counts->negative)
		return KG_WHY_NEGATIVE;
	return counts->denominator > 0 ? KG_WHY_NONE : KG_WHY_ZERO_DENOMINATOR;
}

static bool read_place(const struct kg_smooth_source *source, const uint32_t *row, struct kg_arena *scratch,
		       struct kg_smooth_place *place)
{
	place->name = source->id ? kg_column_cell(source->id, *row, scratch) : kg_arena_format(scratch, "%u", *row + 1);
	place->key = place->name ? kg_name_key(place->name, scratch) : NULL;
	if (!place->key || !kg_counts_make(source->counts, row, 1, scratch, &place->counts))
		return false;
	place->why = refuse(&place->counts);
	return true;
}

enum { COUNT, EXPOSURE, COUNT_LOW, COUNT_HIGH, EXPOSURE_LOW, EXPOSURE_HIGH, NUMBERS };

static bool read_places(const struct kg_smooth_source *source, const uint32_t *row, size_t n, struct kg_arena *scratch,
			struct kg_smooth_map *map)
{
	double *number[NUMBERS];

	*map = (struct kg_smooth_map){ .n = n, .place = KG_ARRAY(scratch, struct kg_smooth_place, n) };
	for (size_t k = 0; k < NUMBERS; k++)
		number[k] = KG_ARRAY(scratch, double, n);
	if (!map->place || !number[NUMBERS - 1])
		return false;
	map->sample = (struct kg_sample){ .y = number[COUNT], .exposure = number[EXPOSURE] };
	map->bounds = (struct kg_smooth_bounds){ number[COUNT_LOW], number[COUNT_HIGH], number[EXPOSURE_LOW],
						 number[EXPOSURE_HIGH] };
	for (size_t i = 0; i < n; i++) {
		struct kg_smooth_place *place = &map->place[i];
		const struct kg_counts *counts = &place->counts;

		if (!read_place(source, &row[i], scratch, place))
			return false;
		place->at = place->why == KG_WHY_NONE ? map->sample.n++ : SIZE_MAX;
		if (place->at == SIZE_MAX)
			continue;
		number[COUNT][place->at] = (double)counts->count;
		number[EXPOSURE][place->at] = (double)counts->denominator;
		number[COUNT_LOW][place->at] = (double)counts->count_low;
		number[COUNT_HIGH][place->at] = (double)counts->count_high;
		number[EXPOSURE_LOW][place->at] = (double)counts->denominator_low;
		number[EXPOSURE_HIGH][place->at] = (double)counts->denominator_high;
		map->bounded |= counts->bounded;
	}
	return !kg_arena_failed(scratch);
}

static enum kg_status refuse_twice(const struct kg_smooth_map *map, const char *id_name, struct kg_arena *scratch,
				   struct kg_error *error)
{
	const struct kg_smooth_place **sorted = KG_ARRAY(scratch, const struct kg_smooth_place *, map->n);
	size_t n = 0;

	if (!sorted)
		return kg_error_memory(error);
	for (size_t i = 0; i < map->n; i++)
		if (map->place[i].at != SIZE_MAX)
			sorted[n++] = &map->place[i];
	qsort(sorted, n, sizeof *sorted, compare_keys);
	for (size_t i = 1; i < n; i++)
		if (strcmp(sorted[i - 1]->key, sorted[i]->key) == 0)
			return kg_error_set(
			    error, KG_EDATA,
			    "place '%s' stands twice in '%s'; name further --by columns or an --aggregate",
			    sorted[i]->name, id_name);
	return KG_OK;
}

/* The neighbours of each usable place among the usable places of the group. */
static bool join_neighbours(const struct kg_neighbours *list, const uint32_t *row, struct kg_smooth_map *map,
			    struct kg_arena *scratch)
{
	size_t *first = KG_ARRAY(scratch, size_t, map->sample.n + 1), *of = KG_ARRAY(scratch, size_t, list->pairs + 1);
	size_t *at = KG_ARRAY(scratch, size_t, list->nplace + 1), count = 0;

	if (!first || !of || !at)
		return false;
	for (size_t p = 0; p < list->nplace; p++)
		at[p] = SIZE_MAX;
	for (size_t i = 0; i < map->n && list->nplace; i++)
		at[list->place[row[i]]] = map->place[i].at;
	for (size_t i = 0; i < map->n && list->nplace; i++) {
		uint32_t place = list->place[row[i]];

		if (map->place[i].at == SIZE_MAX)
			continue;
		first[map->place[i].at] = count;
		for (size_t k = list->start[place]; k < list->start[place + 1]; k++)
			if (at[list->to[k]] != SIZE_MAX)
				of[count++] = at[list->to[k]];
	}
	first[map->sample.n] = count;
	map->neighbours = (struct kg_smooth_neighbours){ first, of };
	return true;
}

enum kg_status kg_smooth_map_make(const struct kg_smooth_source *source, const uint32_t *row, size_t n,
				  struct kg_arena *scratch, struct kg_smooth_map *map, struct kg_error *error)
{
	if (!read_places(source, row, n, scratch, map))
		return kg_error_memory(error);
	KG_TRY(refuse_twice(map, source->id_name, scratch, error));
	return join_neighbours(source->neighbours, row, map, scratch) ? KG_OK : kg_error_memory(error);
}
