#include "smooth_places.h"

#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "table/name_set.h"

struct named {
	const char *key, *name;
	size_t at;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
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

/* Names of usable places, sorted; an error when one stands twice. */
static enum kg_status sort_names(const struct kg_smooth_map *map, const char *id_name, struct named *named,
				 struct kg_error *error)
{
	size_t n = 0;

	for (size_t i = 0; i < map->n; i++)
		if (map->place[i].at != SIZE_MAX)
			named[n++] = (struct named){ map->place[i].key, map->place[i].name, map->place[i].at };
	qsort(named, n, sizeof *named, compare_names);
	for (size_t i = 1; i < n; i++)
		if (strcmp(named[i - 1].key, named[i].key) == 0)
			return kg_error_set(
			    error, KG_EDATA,
			    "place '%s' stands twice in '%s'; name further --by columns or an --aggregate",
			    named[i].name, id_name);
	return KG_OK;
}

/* The first pair of a place in the sorted list. */
static size_t find_first(const struct kg_smooth_links *links, const char *place)
{
	size_t low = 0, high = links->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(links->link[middle].place, place) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum kg_status join_neighbours(const struct kg_smooth_links *links, const char *id_name,
				      struct kg_smooth_map *map, struct kg_arena *scratch, struct kg_error *error)
{
	size_t n = map->sample.n, *first = KG_ARRAY(scratch, size_t, n + 1), *of, count = 0, room = 0;
	struct named *named = KG_ARRAY(scratch, struct named, n), *found;

	if (!first || !named)
		return kg_error_memory(error);
	KG_TRY(sort_names(map, id_name, named, error));
	for (size_t i = 0; i < map->n; i++)
		for (size_t k = find_first(links, map->place[i].key);
		     k < links->count && strcmp(links->link[k].place, map->place[i].key) == 0; k++)
			room++;
	of = KG_ARRAY(scratch, size_t, room + 1);
	if (!of)
		return kg_error_memory(error);
	for (size_t i = 0; i < map->n; i++) {
		const char *key = map->place[i].key;

		if (map->place[i].at == SIZE_MAX)
			continue;
		first[map->place[i].at] = count;
		for (size_t k = find_first(links, key); k < links->count && strcmp(links->link[k].place, key) == 0;
		     k++) {
			found = bsearch(&links->link[k].neighbour, named, n, sizeof *named, compare_names);
			if (found && found->at != map->place[i].at)
				of[count++] = found->at;
		}
	}
	first[n] = count;
	map->neighbours = (struct kg_smooth_neighbours){ first, of };
	return KG_OK;
}

enum kg_status kg_smooth_map_make(const struct kg_smooth_source *source, const uint32_t *row, size_t n,
				  struct kg_arena *scratch, struct kg_smooth_map *map, struct kg_error *error)
{
	if (!read_places(source, row, n, scratch, map))
		return kg_error_memory(error);
	return join_neighbours(source->links, source->id_name, map, scratch, error);
}

bool kg_smooth_links_read(const struct kg_table *table, struct kg_arena *arena, struct kg_smooth_links *links)
{
	links->count = table->nrow;
	links->link = KG_ARRAY(arena, struct kg_smooth_link, table->nrow + 1);
	for (size_t i = 0; links->link && i < table->nrow; i++) {
		links->link[i].place = kg_name_cell(&table->column[0], i, arena);
		links->link[i].neighbour = kg_name_cell(&table->column[1], i, arena);
	}
	if (kg_arena_failed(arena))
		return false;
	qsort(links->link, links->count, sizeof *links->link, compare_names);
	return true;
}
