#include "table/neighbours.h"

#include <stdlib.h>

int kg_pair_compare(const void *a, const void *b)
{
	const struct kg_pair *one = a, *two = b;

	if (one->from != two->from)
		return one->from < two->from ? -1 : 1;
	return (one->to > two->to) - (one->to < two->to);
}

bool kg_pairs_add_both(struct kg_pairs *pairs, uint32_t a, uint32_t b)
{
	if (pairs->count + 2 > pairs->room) {
		size_t room = pairs->room ? pairs->room * 2 : 1024;

		pairs->pair = kg_arena_grow(pairs->arena, pairs->pair, pairs->room * sizeof *pairs->pair,
					    room * sizeof *pairs->pair);
		pairs->room = room;
	}
	if (!pairs->pair)
		return false;
	pairs->pair[pairs->count++] = (struct kg_pair){ a, b, 0, 1 };
	pairs->pair[pairs->count++] = (struct kg_pair){ b, a, 0, 1 };
	return true;
}

void kg_pairs_sort(struct kg_pairs *pairs)
{
	size_t kept = 0;

	if (pairs->count)
		qsort(pairs->pair, pairs->count, sizeof *pairs->pair, kg_pair_compare);
	for (size_t i = 0; i < pairs->count; i++)
		if (!i || kg_pair_compare(&pairs->pair[i], &pairs->pair[i - 1]) != 0)
			pairs->pair[kept++] = pairs->pair[i];
	pairs->count = kept;
}

enum kg_status kg_pairs_lay_out(const struct kg_pairs *pairs, struct kg_neighbours *neighbours, struct kg_error *error)
{
	size_t *start = KG_ARRAY(pairs->arena, size_t, neighbours->nplace + 1);
	uint32_t *to = KG_ARRAY(pairs->arena, uint32_t, pairs->count + 1);
	double *weight = KG_ARRAY(pairs->arena, double, pairs->count + 1);

	if (!start || !to || !weight)
		return kg_error_memory(error);
	for (size_t i = 0; i < pairs->count; i++) {
		start[pairs->pair[i].from + 1]++;
		to[i] = pairs->pair[i].to;
		weight[i] = pairs->pair[i].weight;
	}
	for (size_t p = 0; p < neighbours->nplace; p++)
		start[p + 1] += start[p];
	neighbours->pairs = pairs->count;
	neighbours->start = start;
	neighbours->to = to;
	neighbours->weight = weight;
	return KG_OK;
}

struct reading {
	const struct kg_table *list;
	const struct kg_gazetteer *gazetteer;
	struct kg_neighbours *found;
	struct kg_arena *arena;
};

/* The place named in a cell; KG_NO_PLACE, and the first is noted, when the data have none of that name. */
static enum kg_status read_place(const struct reading *reading, size_t row, size_t column, uint32_t *place,
				 struct kg_error *error)
{
	const struct kg_table *list = reading->list;
	const struct kg_column *named = &list->column[column];
	size_t line = kg_table_line(list, row);
	const char *name;

	if (kg_column_missing(named, row))
		return kg_error_cell(error, KG_EDATA, list->from->file, line, named->name,
				     "no place; each line names a place and its neighbour");
	name = kg_column_cell(named, row, reading->arena);
	if (!name)
		return kg_error_memory(error);
	*place = kg_gazetteer_find(reading->gazetteer, name);
	if (*place == KG_NO_PLACE && !reading->found->unknown_name) {
		reading->found->unknown_name = name;
		reading->found->unknown_near = kg_name_set_near(reading->gazetteer->names, name);
		reading->found->unknown_line = line;
	}
	return KG_OK;
}

static enum kg_status read_pairs(const struct reading *reading, struct kg_pair *pair, struct kg_error *error)
{
	const struct kg_table *list = reading->list;
	const struct kg_column *weight = kg_table_find(list, "weight");
	struct kg_neighbours *found = reading->found;

	if (list->ncol < 2)
		return kg_error_set(error, KG_EDATA, "'%s' needs two columns, place and neighbour", list->from->file);
	if (weight)
		KG_TRY(kg_table_number(list, "weight", &weight, error));
	for (size_t row = 0; row < list->nrow; row++) {
		struct kg_pair *next = &pair[found->pairs];
		size_t line = kg_table_line(list, row);

		*next = (struct kg_pair){ 0, 0, (uint32_t)line, weight ? kg_column_real(weight, row) : 1 };
		KG_TRY(read_place(reading, row, 0, &next->from, error));
		KG_TRY(read_place(reading, row, 1, &next->to, error));
		if (!(next->weight > 0))
			return kg_error_cell(error, KG_EDATA, list->from->file, line, "weight",
					     "a weight must be a number above 0; leave the pair out instead");
		if (next->from == KG_NO_PLACE || next->to == KG_NO_PLACE)
			found->unknown++;
		else if (next->from == next->to)
			found->self++;
		else
			found->pairs++;
	}
	return KG_OK;
}

static size_t count_one_way(const struct kg_pair *pair, size_t count)
{
	size_t one_way = 0;

	for (size_t i = 0; i < count; i++) {
		struct kg_pair reverse = { pair[i].to, pair[i].from, 0, 0 };

		one_way += bsearch(&reverse, pair, count, sizeof *pair, kg_pair_compare) == NULL;
	}
	return one_way;
}

static enum kg_status refuse_twice(const struct kg_table *list, const struct kg_pair *pair, size_t count,
				   struct kg_error *error)
{
	for (size_t i = 1; i < count; i++)
		if (kg_pair_compare(&pair[i - 1], &pair[i]) == 0)
			return kg_error_cell(error, KG_EDATA, list->from->file,
					     pair[i].line > pair[i - 1].line ? pair[i].line : pair[i - 1].line,
					     list->column[0].name, "this pair stands twice; keep it once");
	return KG_OK;
}

/* Pairs that all stand one way are taken both ways; `pair` has room for that. */
static void double_pairs(struct kg_pair *pair, struct kg_neighbours *found)
{
	found->one_way = count_one_way(pair, found->pairs);
	if (found->one_way != found->pairs)
		return;
	for (size_t i = 0; i < found->one_way; i++)
		pair[found->pairs++] = (struct kg_pair){ pair[i].to, pair[i].from, pair[i].line, pair[i].weight };
	qsort(pair, found->pairs, sizeof *pair, kg_pair_compare);
	found->doubled = true;
	found->one_way = 0;
}

enum kg_status kg_neighbours_listed(const struct kg_gazetteer *gazetteer, const struct kg_table *list,
				    struct kg_arena *arena, struct kg_neighbours *neighbours, struct kg_error *error)
{
	const struct reading reading = { list, gazetteer, neighbours, arena };
	struct kg_pair *pair = KG_ARRAY(arena, struct kg_pair, 2 * list->nrow + 1);

	*neighbours = (struct kg_neighbours){ .nplace = gazetteer->nplace, .place = gazetteer->place };
	if (!pair)
		return kg_error_memory(error);
	KG_TRY(read_pairs(&reading, pair, error));
	if (neighbours->pairs == 0)
		return kg_error_set(
		    error, KG_EDATA,
		    "'%s' names no pair of places of the column '%s'; its first two columns must hold the "
		    "same codes",
		    list->from->file, gazetteer->id);
	qsort(pair, neighbours->pairs, sizeof *pair, kg_pair_compare);
	KG_TRY(refuse_twice(list, pair, neighbours->pairs, error));
	double_pairs(pair, neighbours);
	return kg_pairs_lay_out(&(struct kg_pairs){ pair, neighbours->pairs, 0, arena }, neighbours, error);
}
