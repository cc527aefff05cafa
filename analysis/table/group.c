#include "table/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

/* A key cell as 64 bits: equal cells have equal bits. Missing is a value of its own. */
static uint64_t take_key(const struct kg_column *column, size_t row)
{
	uint64_t bits;
	double value;

	if (kg_column_missing(column, row))
		return UINT64_MAX;
	if (column->type == KG_TEXT)
		return column->code[row];
	value = column->real[row] == 0 ? 0 : column->real[row];
	memcpy(&bits, &value, sizeof bits);
	return bits;
}

static bool same_key(const struct kg_groups *groups, size_t a, size_t b)
{
	for (size_t j = 0; j < groups->nby; j++)
		if (take_key(groups->by[j], a) != take_key(groups->by[j], b))
			return false;
	return true;
}

static uint64_t hash_key(const struct kg_groups *groups, size_t row)
{
	uint64_t hash = KG_HASH_START;

	for (size_t j = 0; j < groups->nby; j++) {
		uint64_t key = take_key(groups->by[j], row);

		hash = (hash ^ key) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
	}
	/* Small integers differ as doubles in high bits only, and products leave these high: fold them down. */
	return hash ^ hash >> 47;
}

struct numbering {
	uint32_t *slot; /* first row of a group + 1 */
	uint32_t *group_of_row, *first_row;
	size_t nslot, ngroup;
};

static bool double_slots(const struct kg_groups *groups, struct numbering *numbering, struct kg_arena *arena)
{
	size_t nslot = numbering->nslot ? numbering->nslot * 2 : 64;
	uint32_t *slot = KG_ARRAY(arena, uint32_t, nslot);

	for (size_t g = 0; slot && g < numbering->ngroup; g++) {
		size_t at = hash_key(groups, numbering->first_row[g]) & (nslot - 1);

		while (slot[at])
			at = (at + 1) & (nslot - 1);
		slot[at] = (uint32_t)g + 1;
	}
	numbering->slot = slot;
	numbering->nslot = nslot;
	return slot != NULL;
}

static bool number_row(const struct kg_groups *groups, struct numbering *numbering, size_t row, struct kg_arena *arena)
{
	size_t at;

	if (numbering->ngroup * 2 >= numbering->nslot && !double_slots(groups, numbering, arena))
		return false;
	at = hash_key(groups, row) & (numbering->nslot - 1);
	while (numbering->slot[at] && !same_key(groups, numbering->first_row[numbering->slot[at] - 1], row))
		at = (at + 1) & (numbering->nslot - 1);
	if (!numbering->slot[at]) {
		numbering->first_row[numbering->ngroup++] = (uint32_t)row;
		numbering->slot[at] = (uint32_t)numbering->ngroup;
	}
	numbering->group_of_row[row] = numbering->slot[at] - 1;
	return true;
}

static bool lay_out(const struct numbering *numbering, size_t nrow, struct kg_arena *arena, struct kg_groups *groups)
{
	size_t *start = KG_ARRAY(arena, size_t, numbering->ngroup + 1);
	uint32_t *row = KG_ARRAY(arena, uint32_t, nrow), *filled = KG_ARRAY(arena, uint32_t, numbering->ngroup);

	if (!start || !row || !filled)
		return false;
	for (size_t i = 0; i < nrow; i++)
		start[numbering->group_of_row[i] + 1]++;
	for (size_t g = 0; g < numbering->ngroup; g++)
		start[g + 1] += start[g];
	for (size_t i = 0; i < nrow; i++) {
		uint32_t group = numbering->group_of_row[i];

		row[start[group] + filled[group]++] = (uint32_t)i;
	}
	groups->ngroup = numbering->ngroup;
	groups->start = start;
	groups->row = row;
	return true;
}

enum kg_status kg_groups_make(const struct kg_table *table, const struct kg_names *by, struct kg_arena *arena,
			      struct kg_groups *groups, struct kg_error *error)
{
	const struct kg_column **column = KG_ARRAY(arena, const struct kg_column *, by->count);
	struct numbering numbering = { .group_of_row = KG_ARRAY(arena, uint32_t, table->nrow),
				       .first_row = KG_ARRAY(arena, uint32_t, table->nrow) };

	if (!column || !numbering.group_of_row || !numbering.first_row)
		return kg_error_memory(error);
	for (size_t j = 0; j < by->count; j++)
		KG_TRY(kg_table_column(table, by->name[j], &column[j], error));
	*groups = (struct kg_groups){ .nby = by->count, .by = column };
	for (size_t i = 0; i < table->nrow; i++)
		if (!number_row(groups, &numbering, i, arena))
			return kg_error_memory(error);
	return lay_out(&numbering, table->nrow, arena, groups) ? KG_OK : kg_error_memory(error);
}

static int compare_time(const void *a, const void *b, void *index)
{
	const uint32_t *left = a, *right = b;
	const long *period = index;

	if (period[*left] != period[*right])
		return period[*left] < period[*right] ? -1 : 1;
	return (*left > *right) - (*left < *right);
}

static enum kg_status refuse_duplicate(const struct kg_table *table, const struct kg_groups *groups, size_t group,
				       const struct kg_time *time, const uint32_t *pair, struct kg_error *error)
{
	struct kg_arena *arena = kg_arena_new(0);
	const char *label = arena ? kg_groups_label(groups, group, arena) : NULL;
	char period[16];
	enum kg_status status;

	kg_period_text(time->kind, time->index[pair[1]], period, sizeof period);
	status =
	    kg_error_cell(error, KG_EDATA, table->from->file, kg_table_line(table, pair[1]), time->name,
			  "'%s' is there twice%s%s (first on line %zu); name what tells the rows apart with --by, "
			  "or fold them with --aggregate sum, mean, min or max",
			  period, label && *label ? " for " : "", label ? label : "", kg_table_line(table, pair[0]));
	kg_arena_free(arena);
	return status;
}

enum kg_status kg_groups_by_time(const struct kg_table *table, const struct kg_names *by, const struct kg_time *time,
				 struct kg_arena *arena, struct kg_groups *groups, struct kg_error *error)
{
	uint32_t *row;

	KG_TRY(kg_groups_make(table, by, arena, groups, error));
	row = KG_ARRAY(arena, uint32_t, table->nrow);
	if (!row)
		return kg_error_memory(error);
	if (table->nrow)
		memcpy(row, groups->row, table->nrow * sizeof *row);
	for (size_t g = 0; g < groups->ngroup; g++) {
		size_t from = groups->start[g], to = groups->start[g + 1];

		qsort_r(row + from, to - from, sizeof *row, compare_time, (void *)time->index);
		for (size_t i = from + 1; i < to; i++)
			if (time->index[row[i]] == time->index[row[i - 1]])
				return refuse_duplicate(table, groups, g, time, &row[i - 1], error);
	}
	groups->row = row;
	return KG_OK;
}

const char *kg_groups_label(const struct kg_groups *groups, size_t group, struct kg_arena *arena)
{
	struct kg_buffer buffer = kg_buffer_new(arena);
	size_t row = groups->row[groups->start[group]];

	for (size_t j = 0; j < groups->nby; j++) {
		const char *cell = kg_column_cell(groups->by[j], row, arena);

		kg_buffer_printf(&buffer, "%s%s=%s", j ? ", " : "", groups->by[j]->name, cell ? cell : "");
	}
	return buffer.failed ? NULL : buffer.text;
}
