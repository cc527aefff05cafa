#include <stdlib.h>
#include <string.h>

#include "spatial.h"
#include "table/lines.h"

#define NOWHERE UINT32_MAX
/* Lines that the remark on missing cells names. */

static bool is_populated(const struct kg_spatial_run *run, uint32_t row)
{
	return !run->population || kg_column_missing(run->population, row) || run->population->real[row] > 0;
}

static bool is_complete(const struct kg_spatial_run *run, uint32_t row)
{
	return !kg_column_missing(run->value, row) && !(run->population && kg_column_missing(run->population, row)) &&
	       !(run->with && kg_column_missing(run->with, row)) && is_populated(run, row);
}

void kg_spatial_missing_remark(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_lines missing = kg_lines_new(arena);

	for (size_t i = 0; i < run->table->nrow; i++)
		if (!is_complete(run, (uint32_t)i) && is_populated(run, (uint32_t)i))
			kg_lines_add(&missing, run->table, i);
	if (missing.count && !missing.text.failed)
		kg_result_remark(result, arena, "%zu of %zu rows left out because a cell is missing: lines %s",
				 missing.count, run->table->nrow, missing.text.text);
}

static enum kg_status refuse(const struct kg_spatial_run *run, uint32_t row, const char *what, struct kg_arena *scratch,
			     struct kg_error *error)
{
	const char *name = run->options->id;

	return kg_error_cell(error, KG_EDATA, run->table->from->file, kg_table_line(run->table, row), name, what,
			     kg_column_cell(kg_table_find(run->table, name), row, scratch));
}

/* Position of each place of the data among the complete rows of the group. */
static enum kg_status find_positions(const struct kg_spatial_run *run, size_t group, struct kg_arena *scratch,
				     struct kg_spatial_places *places, uint32_t *position, struct kg_error *error)
{
	for (size_t p = 0; p < run->neighbours.nplace; p++)
		position[p] = NOWHERE;
	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		uint32_t row = run->groups.row[i], *at = &position[run->neighbours.place[row]];

		if (!is_complete(run, row)) {
			places->n_missing++;
			run->map[group].unpopulated += !is_populated(run, row);
			continue;
		}
		if (*at != NOWHERE)
			return refuse(run, row, "place '%s' stands twice in its group; name the other keys with --by",
				      scratch, error);
		*at = (uint32_t)places->sample.n;
		places->row[places->sample.n++] = row;
	}
	return KG_OK;
}

static bool has_neighbour(const struct kg_neighbours *list, const uint32_t *position, uint32_t place)
{
	for (size_t k = list->start[place]; k < list->start[place + 1]; k++)
		if (position[list->to[k]] != NOWHERE)
			return true;
	return false;
}

/* Takes islands out of the places, or stops at the first. */
static enum kg_status treat_islands(const struct kg_spatial_run *run, struct kg_arena *scratch,
				    struct kg_spatial_places *places, uint32_t *position, struct kg_error *error)
{
	const char *policy = run->options->islands;
	size_t kept = 0, n = places->sample.n;

	if (strcmp(policy, "zero") == 0)
		return KG_OK;
	for (size_t i = 0; i < n; i++) {
		uint32_t row = places->row[i], place = run->neighbours.place[row];

		if (has_neighbour(&run->neighbours, position, place))
			places->row[kept++] = row;
		else if (strcmp(policy, "drop") == 0)
			places->n_missing++;
		else if (run->neighbours.unplaced && run->neighbours.unplaced[place])
			return refuse(
			    run, row,
			    run->options->nearest
				? "place '%s' has no coordinates; leave such places out with --islands drop"
				: "place '%s' has no shape in the file; add it, or leave such places out with "
				  "--islands drop",
			    scratch, error);
		else
			return refuse(run, row,
				      "place '%s' has no neighbours; leave islands out with --islands drop, or keep "
				      "them with a lag of "
				      "zero with --islands zero",
				      scratch, error);
	}
	places->sample.n = kept;
	for (size_t p = 0; p < run->neighbours.nplace && kept < n; p++)
		position[p] = NOWHERE;
	for (size_t i = 0; i < kept; i++)
		position[run->neighbours.place[places->row[i]]] = (uint32_t)i;
	return KG_OK;
}

struct link {
	uint32_t to;
	double weight;
};

static int compare_links(const void *a, const void *b)
{
	const struct link *one = a, *two = b;

	return (one->to > two->to) - (one->to < two->to);
}

/* Links of one place to the others of its group, ascending. */
static size_t list_links(const struct kg_neighbours *list, const uint32_t *position, uint32_t place, struct link *link)
{
	size_t count = 0;

	for (size_t k = list->start[place]; k < list->start[place + 1]; k++)
		if (position[list->to[k]] != NOWHERE)
			link[count++] = (struct link){ position[list->to[k]], list->weight[k] };
	qsort(link, count, sizeof *link, compare_links);
	return count;
}

static bool link_places(const struct kg_spatial_run *run, const uint32_t *position, struct kg_arena *scratch,
			struct kg_spatial_places *places)
{
	size_t n = places->sample.n, *start = KG_ARRAY(scratch, size_t, n + 1);
	uint32_t *to = KG_ARRAY(scratch, uint32_t, run->neighbours.pairs + 1);
	double *raw = KG_ARRAY(scratch, double, run->neighbours.pairs + 1);
	struct link *link = KG_ARRAY(scratch, struct link, run->neighbours.pairs + 1);

	if (!start || !to || !raw || !link)
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t count = list_links(&run->neighbours, position, run->neighbours.place[places->row[i]], link);

		start[i + 1] = start[i] + count;
		for (size_t k = 0; k < count; k++) {
			to[start[i] + k] = link[k].to;
			raw[start[i] + k] = link[k].weight;
		}
	}
	places->weights = (struct kg_weights){ .n = n, .start = start, .to = to };
	return kg_weights_style(&places->weights, raw, run->options->style[0], scratch);
}

/* Sets of places that hang together: each place is given the smallest number it can be reached from. */
static size_t count_components(const struct kg_weights *weights, struct kg_arena *scratch)
{
	uint32_t *root = KG_ARRAY(scratch, uint32_t, weights->n + 1);
	size_t components = weights->n;

	for (size_t i = 0; root && i < weights->n; i++)
		root[i] = (uint32_t)i;
	for (size_t i = 0; root && i < weights->n; i++)
		for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
			uint32_t a = (uint32_t)i, b = weights->to[k];

			while (root[a] != a)
				a = root[a] = root[root[a]];
			while (root[b] != b)
				b = root[b] = root[root[b]];
			components -= a != b;
			root[a > b ? a : b] = a > b ? b : a;
		}
	return components;
}

enum kg_status kg_spatial_gather(const struct kg_spatial_run *run, size_t group, struct kg_arena *scratch,
				 struct kg_spatial_places *places, struct kg_error *error)
{
	size_t room = run->groups.start[group + 1] - run->groups.start[group] + 1;
	uint32_t *position = KG_ARRAY(scratch, uint32_t, run->neighbours.nplace + 1);
	double *value = KG_ARRAY(scratch, double, room), *population = KG_ARRAY(scratch, double, room);
	double *with = KG_ARRAY(scratch, double, room);

	*places = (struct kg_spatial_places){ .row = KG_ARRAY(scratch, uint32_t, room), .stream = (uint32_t)group };
	if (kg_arena_failed(scratch))
		return kg_error_memory(error);
	run->map[group] = (struct kg_spatial_map){ 0 };
	KG_TRY(find_positions(run, group, scratch, places, position, error));
	run->map[group].places = places->sample.n;
	for (size_t i = 0; i < places->sample.n; i++)
		run->map[group].islands +=
		    !has_neighbour(&run->neighbours, position, run->neighbours.place[places->row[i]]);
	KG_TRY(treat_islands(run, scratch, places, position, error));
	for (size_t i = 0; i < places->sample.n; i++) {
		value[i] = run->value->real[places->row[i]];
		with[i] = run->with ? run->with->real[places->row[i]] : 0;
		population[i] = run->population ? run->population->real[places->row[i]] : 1;
	}
	places->sample.y = value;
	places->sample.x = run->with ? with : NULL;
	places->sample.exposure = population;
	if (!link_places(run, position, scratch, places))
		return kg_error_memory(error);
	run->map[group].components = count_components(&places->weights, scratch);
	return KG_OK;
}
