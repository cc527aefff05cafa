#include "harmonise_crosswalk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shares are written with six decimals or so: sums may miss 1 by that rounding, and are then scaled to 1. */
#define SHARE_SLACK 1e-4

struct link {
	const char *from, *to;
	double share; /* NaN = not known */
	size_t row;
};

struct links {
	const struct kg_table *table;
	const struct kg_crosswalk_columns *columns;
	struct link *link;
	size_t count;
};

static int compare_links(const void *a, const void *b)
{
	const struct link *left = a, *right = b;
	int order = strcmp(left->from, right->from);

	return order ? order : (left->row > right->row) - (left->row < right->row);
}

static enum kg_status refuse(const struct links *links, size_t row, const char *column, const char *what,
			     const char *which, struct kg_error *error)
{
	return kg_error_cell(error, KG_EDATA, links->columns->file, kg_table_line(links->table, row), column, what,
			     which);
}

static enum kg_status read_links(struct links *links, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_column *from, *to, *share = NULL;

	KG_TRY(kg_table_column(links->table, links->columns->from, &from, error));
	KG_TRY(kg_table_column(links->table, links->columns->to, &to, error));
	if (links->columns->share)
		KG_TRY(kg_table_number(links->table, links->columns->share, &share, error));
	links->count = links->table->nrow;
	links->link = KG_ARRAY(arena, struct link, links->count);
	if (!links->link)
		return kg_error_memory(error);
	for (size_t i = 0; i < links->count; i++) {
		struct link *link = &links->link[i];

		*link = (struct link){ kg_column_cell(from, i, arena), kg_column_cell(to, i, arena),
				       share ? kg_column_real(share, i) : NAN, i };
		if (!link->from || !link->to)
			return kg_error_memory(error);
		if (!*link->from || !*link->to)
			return refuse(links, i, *link->from ? to->name : from->name,
				      "the unit is missing%s; fill it in", "", error);
		if (!isnan(link->share) && !(link->share >= 0 && link->share <= 1))
			return refuse(links, i, share->name, "the share of '%s' is not between 0 and 1", link->from,
				      error);
	}
	qsort(links->link, links->count, sizeof *links->link, compare_links);
	return KG_OK;
}

/* Checks the links of one old unit and gives them shares that sum to 1. */
static enum kg_status settle_unit(const struct links *links, struct kg_old_unit *old, double *share,
				  struct kg_error *error)
{
	const struct link *link = &links->link[old->first];
	size_t known = 0;
	double sum = 0;

	for (size_t k = 0; k < old->count; k++) {
		for (size_t j = 0; j < k; j++)
			if (strcmp(link[j].to, link[k].to) == 0)
				return refuse(links, link[k].row, links->columns->to,
					      "the pair '%s' to this unit stands twice; give it one row", old->name,
					      error);
		known += !isnan(link[k].share);
		sum += isnan(link[k].share) ? 0 : link[k].share;
	}
	if (known && known < old->count)
		return refuse(links, link[0].row, links->columns->share,
			      "some shares of '%s' are missing; give all or none", old->name, error);
	if (known && fabs(sum - 1) > SHARE_SLACK)
		return refuse(links, link[0].row, links->columns->share, "the shares of '%s' do not sum to 1",
			      old->name, error);
	old->unknown = !known && old->count > 1;
	for (size_t k = 0; k < old->count; k++)
		share[k] = known ? link[k].share / sum : k == 0;
	return KG_OK;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct position {
	const char *name;
	size_t row;
};

/* Numbers the new units in the file's order. */
static enum kg_status number_new(const struct links *links, struct kg_arena *arena, struct kg_crosswalk *crosswalk,
				 struct kg_error *error)
{
	struct position *sorted = KG_ARRAY(arena, struct position, links->count);
	size_t *number = KG_ARRAY(arena, size_t, links->count), unique = 0;
	const char **by_row = KG_ARRAY(arena, const char *, links->count);

	if (!sorted || !number || !by_row)
		return kg_error_memory(error);
	for (size_t i = 0; i < links->count; i++) {
		by_row[links->link[i].row] = links->link[i].to;
		sorted[i] = (struct position){ links->link[i].to, 0 };
	}
	qsort(sorted, links->count, sizeof *sorted, compare_names);
	for (size_t i = 0; i < links->count; i++)
		if (!unique || strcmp(sorted[unique - 1].name, sorted[i].name) != 0)
			sorted[unique++] = (struct position){ sorted[i].name, SIZE_MAX };
	for (size_t row = 0; row < links->count; row++) {
		struct position *at = bsearch(&by_row[row], sorted, unique, sizeof *sorted, compare_names);

		if (at->row == SIZE_MAX) {
			at->row = crosswalk->nnew;
			crosswalk->name[crosswalk->nnew++] = at->name;
		}
		number[row] = at->row;
	}
	for (size_t i = 0; i < links->count; i++)
		crosswalk->to[i] = number[links->link[i].row];
	return KG_OK;
}

enum kg_status kg_crosswalk_make(const struct kg_table *table, const struct kg_crosswalk_columns *columns,
				 struct kg_arena *arena, struct kg_crosswalk *crosswalk, struct kg_error *error)
{
	struct links links = { .table = table, .columns = columns };

	KG_TRY(read_links(&links, arena, error));
	*crosswalk = (struct kg_crosswalk){ .old = KG_ARRAY(arena, struct kg_old_unit, links.count),
					    .name = KG_ARRAY(arena, const char *, links.count),
					    .to = KG_ARRAY(arena, size_t, links.count),
					    .share = KG_ARRAY(arena, double, links.count) };
	if (!crosswalk->old || !crosswalk->name || !crosswalk->to || !crosswalk->share)
		return kg_error_memory(error);
	KG_TRY(number_new(&links, arena, crosswalk, error));
	for (size_t i = 0; i < links.count; i++) {
		struct kg_old_unit *last = crosswalk->nold ? &crosswalk->old[crosswalk->nold - 1] : NULL;

		if (last && strcmp(last->name, links.link[i].from) == 0)
			last->count++;
		else
			crosswalk->old[crosswalk->nold++] = (struct kg_old_unit){ links.link[i].from, i, 1, false };
	}
	for (size_t u = 0; u < crosswalk->nold; u++)
		KG_TRY(settle_unit(&links, &crosswalk->old[u], &crosswalk->share[crosswalk->old[u].first], error));
	return KG_OK;
}

size_t kg_crosswalk_find(const struct kg_crosswalk *crosswalk, const char *name)
{
	struct kg_old_unit key = { .name = name };
	struct kg_old_unit *found =
	    bsearch(&key, crosswalk->old, crosswalk->nold, sizeof *crosswalk->old, compare_names);

	return found ? (size_t)(found - crosswalk->old) : crosswalk->nold;
}
