#include "table/neighbours.h"

#include <stdlib.h>

#include "table/name_set.h"

#define NO_PLACE UINT32_MAX

struct pair {
	uint32_t from, to, line;
	double weight;
};

static enum kg_status number_places(const struct kg_table *data, const char *id, struct kg_name_set *names,
				    struct kg_arena *arena, struct kg_neighbours *found, struct kg_error *error)
{
	uint32_t *place = KG_ARRAY(arena, uint32_t, data->nrow + 1);
	const struct kg_column *column;
	const size_t *number;

	KG_TRY(kg_table_column(data, id, &column, error));
	number = kg_name_set_column(names, column, data->nrow, true, NULL);
	if (!place || !number)
		return kg_error_memory(error);
	for (size_t row = 0; row < data->nrow; row++)
		place[row] = (uint32_t)(number[row] == KG_NO_NAME ? kg_name_set_add(names, "") : number[row]);
	found->nplace = kg_name_set_count(names);
	found->place = place;
	return kg_arena_failed(arena) ? kg_error_memory(error) : KG_OK;
}

struct reading {
	const struct kg_table *list;
	struct kg_name_set *names;
	struct kg_neighbours *found;
	struct kg_arena *arena;
};

/* The place named in a cell; NO_PLACE and counted when the data have none of that name. */
static enum kg_status read_place(const struct reading *reading, size_t row, size_t column, uint32_t *place)
{
	struct kg_neighbours *found = reading->found;
	const struct kg_table *list = reading->list;
	const char *name = kg_column_cell(&list->column[column], row, reading->arena);
	size_t number = name ? kg_name_set_find(reading->names, name) : KG_NO_NAME;

	*place = number == KG_NO_NAME ? NO_PLACE : (uint32_t)number;
	if (number == KG_NO_NAME && name && !found->unknown_name) {
		found->unknown_name = name;
		found->unknown_near = kg_name_set_near(reading->names, name);
		found->unknown_line = kg_table_line(list, row);
	}
	return name ? KG_OK : KG_ENOMEM;
}

static enum kg_status read_pairs(const struct kg_table *list, struct kg_name_set *names, struct kg_arena *arena,
				 struct kg_neighbours *found, struct pair *pair, struct kg_error *error)
{
	const struct reading reading = { list, names, found, arena };
	const struct kg_column *weight = kg_table_find(list, "weight");

	if (list->ncol < 2)
		return kg_error_set(error, KG_EDATA, "'%s' needs two columns, place and neighbour", list->from->file);
	if (weight)
		KG_TRY(kg_table_number(list, "weight", &weight, error));
	for (size_t row = 0; row < list->nrow; row++) {
		struct pair *next = &pair[found->pairs];
		size_t line = kg_table_line(list, row);

		for (size_t c = 0; c < 2; c++)
			if (kg_column_missing(&list->column[c], row))
				return kg_error_cell(error, KG_EDATA, list->from->file, line, list->column[c].name,
						     "no place; each line names a place and its neighbour");
		*next = (struct pair){ 0, 0, (uint32_t)line, weight ? kg_column_real(weight, row) : 1 };
		if (!(next->weight > 0))
			return kg_error_cell(error, KG_EDATA, list->from->file, line, "weight",
					     "a weight must be a number above 0; leave the pair out instead");
		if (read_place(&reading, row, 0, &next->from) != KG_OK ||
		    read_place(&reading, row, 1, &next->to) != KG_OK)
			return kg_error_memory(error);
		if (next->from == NO_PLACE || next->to == NO_PLACE)
			found->unknown++;
		else if (next->from == next->to)
			found->self++;
		else
			found->pairs++;
	}
	return KG_OK;
}

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *one = a, *two = b;

	if (one->from != two->from)
		return one->from < two->from ? -1 : 1;
	return (one->to > two->to) - (one->to < two->to);
}

static size_t count_one_way(const struct pair *pair, size_t count)
{
	size_t one_way = 0;

	for (size_t i = 0; i < count; i++) {
		struct pair reverse = { pair[i].to, pair[i].from, 0, 0 };

		one_way += bsearch(&reverse, pair, count, sizeof *pair, compare_pairs) == NULL;
	}
	return one_way;
}

static enum kg_status refuse_twice(const struct kg_table *list, const struct pair *pair, size_t count,
				   struct kg_error *error)
{
	for (size_t i = 1; i < count; i++)
		if (compare_pairs(&pair[i - 1], &pair[i]) == 0)
			return kg_error_cell(error, KG_EDATA, list->from->file,
					     pair[i].line > pair[i - 1].line ? pair[i].line : pair[i - 1].line,
					     list->column[0].name, "this pair stands twice; keep it once");
	return KG_OK;
}

static enum kg_status lay_out(const struct pair *pair, struct kg_arena *arena, struct kg_neighbours *found,
			      struct kg_error *error)
{
	size_t *start = KG_ARRAY(arena, size_t, found->nplace + 1);
	uint32_t *to = KG_ARRAY(arena, uint32_t, found->pairs + 1);
	double *weight = KG_ARRAY(arena, double, found->pairs + 1);

	if (!start || !to || !weight)
		return kg_error_memory(error);
	for (size_t i = 0; i < found->pairs; i++) {
		start[pair[i].from + 1]++;
		to[i] = pair[i].to;
		weight[i] = pair[i].weight;
	}
	for (size_t p = 0; p < found->nplace; p++)
		start[p + 1] += start[p];
	found->start = start;
	found->to = to;
	found->weight = weight;
	return KG_OK;
}

enum kg_status kg_neighbours_make(const struct kg_table *data, const char *id, const struct kg_table *list,
				  struct kg_arena *arena, struct kg_neighbours *neighbours, struct kg_error *error)
{
	struct pair *pair = KG_ARRAY(arena, struct pair, 2 * list->nrow + 1);
	struct kg_name_set *names = kg_name_set_new(arena);

	*neighbours = (struct kg_neighbours){ 0 };
	if (!pair || !names)
		return kg_error_memory(error);
	KG_TRY(number_places(data, id, names, arena, neighbours, error));
	KG_TRY(read_pairs(list, names, arena, neighbours, pair, error));
	if (neighbours->pairs == 0)
		return kg_error_set(
		    error, KG_EDATA,
		    "'%s' names no pair of places of the column '%s'; its first two columns must hold the "
		    "same codes",
		    list->from->file, id);
	qsort(pair, neighbours->pairs, sizeof *pair, compare_pairs);
	KG_TRY(refuse_twice(list, pair, neighbours->pairs, error));
	neighbours->one_way = count_one_way(pair, neighbours->pairs);
	if (neighbours->one_way == neighbours->pairs) {
		for (size_t i = 0; i < neighbours->one_way; i++)
			pair[neighbours->pairs++] =
			    (struct pair){ pair[i].to, pair[i].from, pair[i].line, pair[i].weight };
		qsort(pair, neighbours->pairs, sizeof *pair, compare_pairs);
		neighbours->doubled = true;
		neighbours->one_way = 0;
	}
	return lay_out(pair, arena, neighbours, error);
}
