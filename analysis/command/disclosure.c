#include "command/disclosure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command/disclosure_cells.h"
#include "command/disclosure_count.h"
#include "stats/suppression.h"
#include "table/builder.h"
#include "table/take.h"

/* Keys that may cross. */
#define CROSSING_MOST 2

struct hiding {
	const struct kg_command *command;
	const struct kg_table *table; /* the input */
	const struct kg_column *count;
	struct kg_disclosure_cells cells;
	struct kg_suppression found;
	double total;
	bool tidy; /* the result has terms; without them a row with an empty key is a total */
	struct kg_arena *arena;
};

const struct kg_option *kg_disclosure_option(const struct kg_command *command, const char *name)
{
	for (size_t i = 0; command->program && i < command->program->noption; i++)
		if (strcmp(command->program->option[i].name, name) == 0)
			return &command->program->option[i];
	return NULL;
}

enum kg_status kg_disclosure_count(const struct kg_command *command, const struct kg_table *table,
				   const struct kg_column **count, struct kg_error *error)
{
	const struct kg_option *option = kg_disclosure_option(command, "count");
	const char *name = option ? kg_option_text(option, command->options) : NULL;

	if (!name)
		return kg_error_set(error, KG_EUSAGE, "'--suppress' and '--round' need a '--count', and %s has none%s",
				    command->program->name, option ? " here; name its column" : "");
	return kg_table_number(table, name, count, error);
}

static bool add_key(struct hiding *hiding, const char **key, const struct kg_table *result, const char *name)
{
	for (size_t j = 0; j < hiding->cells.key.count; j++)
		if (strcmp(key[j], name) == 0)
			return true;
	if (!kg_table_find(result, name) || !kg_table_find(hiding->table, name))
		return false;
	key[hiding->cells.key.count++] = name;
	return true;
}

/* What names a row of the result: --by and the options that name keys, as far as they stand in it. */
static enum kg_status choose_keys(struct hiding *hiding, const struct kg_table *result, struct kg_error *error)
{
	const struct kg_command *command = hiding->command;
	const char **key = KG_ARRAY(hiding->arena, const char *, command->common.by.count + command->program->noption);

	if (!key)
		return kg_error_memory(error);
	hiding->cells.key.name = key;
	for (size_t j = 0; j < command->common.by.count; j++)
		add_key(hiding, key, result, command->common.by.name[j]);
	for (size_t i = 0; i < command->program->noption; i++) {
		const struct kg_option *option = &command->program->option[i];
		const char *name = option->kind == KG_OPTION_COLUMN && option->role == KG_ROLE_KEY
				       ? kg_option_text(option, command->options)
				       : NULL;

		if (name)
			add_key(hiding, key, result, name);
	}
	if (command->common.suppress && !hiding->cells.key.count && result->nrow > 1 &&
	    (!hiding->tidy || kg_table_find(result, "row")))
		return kg_error_set(error, KG_EUSAGE, "'--suppress' needs to know what names a row; name it with --by");
	return KG_OK;
}

static bool lacks_key(const struct hiding *hiding, size_t row)
{
	for (size_t j = 0; j < hiding->cells.key.count; j++)
		if (kg_column_missing(hiding->cells.group.by[j], row))
			return true;
	return false;
}

/* Sums of the counts by cell; NaN where a row has none, and for totals. */
static double *add_counts(struct hiding *hiding)
{
	const struct kg_groups *cell = &hiding->cells.group;
	double *value = KG_ARRAY(hiding->arena, double, cell->ngroup + 1);

	for (size_t c = 0; value && c < cell->ngroup; c++) {
		for (size_t i = cell->start[c]; i < cell->start[c + 1]; i++)
			value[c] += kg_column_real(hiding->count, cell->row[i]);
		if (!hiding->tidy && lacks_key(hiding, cell->row[cell->start[c]]))
			value[c] = NAN;
		hiding->total += isnan(value[c]) ? 0 : value[c];
	}
	return value;
}

/* Number of each cell's line along key j: the group by all other keys. */
static const uint32_t *number_lines(const struct hiding *hiding, size_t j, size_t *nline, struct kg_error *error)
{
	const char **other = KG_ARRAY(hiding->arena, const char *, hiding->cells.key.count + 1);
	uint32_t *line = KG_ARRAY(hiding->arena, uint32_t, hiding->cells.group.ngroup + 1);
	uint32_t *of_row = KG_ARRAY(hiding->arena, uint32_t, hiding->table->nrow + 1);
	struct kg_groups group;
	size_t count = 0;

	if (!other || !line || !of_row)
		return NULL;
	for (size_t k = 0; k < hiding->cells.key.count; k++)
		if (k != j)
			other[count++] = hiding->cells.key.name[k];
	if (kg_groups_make(hiding->table, &(struct kg_names){ other, count }, hiding->arena, &group, error) != KG_OK)
		return NULL;
	for (size_t g = 0; g < group.ngroup; g++)
		for (size_t i = group.start[g]; i < group.start[g + 1]; i++)
			of_row[group.row[i]] = (uint32_t)g;
	for (size_t c = 0; c < hiding->cells.group.ngroup; c++)
		line[c] = of_row[hiding->cells.group.row[hiding->cells.group.start[c]]];
	*nline = group.ngroup;
	return line;
}

static enum kg_status hide_cells(struct hiding *hiding, struct kg_error *error)
{
	size_t nkey = hiding->cells.key.count, *nline = KG_ARRAY(hiding->arena, size_t, nkey + 1);
	const uint32_t **line = KG_ARRAY(hiding->arena, const uint32_t *, nkey + 1);
	double least = (double)hiding->command->common.suppress;
	struct kg_cells cells = { .nkey = nkey };

	KG_TRY(kg_groups_make(hiding->table, &hiding->cells.key, hiding->arena, &hiding->cells.group, error));
	cells.count = hiding->cells.group.ngroup;
	cells.value = add_counts(hiding);
	if (!cells.value || !nline || !line)
		return kg_error_memory(error);
	for (size_t j = 0; j < nkey; j++) {
		line[j] = number_lines(hiding, j, &nline[j], error);
		if (!line[j])
			return kg_error_memory(error);
	}
	cells.line = line;
	cells.nline = nline;
	if (least > 0 && kg_suppression_crossing(&cells) > CROSSING_MOST)
		return kg_error_set(error, KG_EUSAGE,
				    "'--suppress' protects tables in which at most two columns cross; leave one out of "
				    "--by, or make a table for each of its values with --where");
	return kg_suppress(&cells, least, hiding->arena, &hiding->found) ? KG_OK : kg_error_memory(error);
}

/* How the cell of a row is hidden; a row of no cell is a total. */
static enum kg_hidden find_hidden(struct hiding *hiding, const struct kg_table *table, size_t row, const char *last)
{
	size_t cell = kg_disclosure_cell(&hiding->cells, table, row, last);

	if (cell != KG_DISCLOSURE_NO_CELL)
		return (enum kg_hidden)hiding->found.hidden[cell];
	return hiding->total < (double)hiding->command->common.suppress ? KG_HIDDEN_PRIMARY : KG_SHOWN;
}

/* A row is hidden with its count, and a comparison with that of its reference too. */
static enum kg_hidden judge_row(struct hiding *hiding, const struct kg_table *table, size_t row)
{
	const struct kg_column *reference = kg_table_find(table, "reference");
	enum kg_hidden own = find_hidden(hiding, table, row, NULL), other = KG_SHOWN;

	if (hiding->tidy && reference && reference->type == KG_TEXT)
		other = find_hidden(hiding, table, row, kg_column_text(reference, row));
	return own == KG_HIDDEN_PRIMARY || other == KG_SHOWN ? own : other;
}

/* True for columns that name a row and say nothing of its count. */
static bool is_kept(const struct hiding *hiding, const struct kg_column *column)
{
	static const char *const kept[] = { "term", "method", "unit", "reference" };

	for (size_t k = 0; hiding->tidy && k < sizeof kept / sizeof kept[0]; k++)
		if (strcmp(kept[k], column->name) == 0)
			return true;
	for (size_t j = 0; j < hiding->cells.key.count; j++)
		if (strcmp(hiding->cells.key.name[j], column->name) == 0)
			return true;
	return !hiding->tidy && column->type == KG_TEXT;
}

/* With --round every figure comes from rounded counts, unless another reason stands there. */
static bool is_rounded(const struct kg_table *table, size_t note, size_t row)
{
	const char *known = note < table->ncol ? kg_column_text(&table->column[note], row) : "";

	return !*known || strcmp(known, kg_why_id(KG_WHY_BOUND)) == 0;
}

static void copy_row(struct hiding *hiding, const struct kg_table *table, size_t row, size_t note,
		     struct kg_builder *builder)
{
	enum kg_hidden hidden = judge_row(hiding, table, row);

	kg_builder_row(builder);
	for (size_t j = 0; j < table->ncol; j++)
		if (j != note && (hidden == KG_SHOWN || is_kept(hiding, &table->column[j])))
			kg_builder_copy(builder, j, &table->column[j], row);
	if (hidden != KG_SHOWN)
		kg_builder_text(
		    builder, note,
		    kg_why_id(hidden == KG_HIDDEN_PRIMARY ? KG_WHY_SUPPRESSED : KG_WHY_SUPPRESSED_SECONDARY));
	else if (hiding->command->common.round && is_rounded(table, note, row))
		kg_builder_text(builder, note, kg_why_id(KG_WHY_ROUNDED));
	else if (note < table->ncol && !kg_column_missing(&table->column[note], row))
		kg_builder_copy(builder, note, &table->column[note], row);
}

/* The table with its hidden rows emptied. */
static enum kg_status empty_rows(struct hiding *hiding, const struct kg_table **table, struct kg_error *error)
{
	struct kg_builder *builder = kg_builder_new((*table)->name, hiding->arena);
	const struct kg_column *known = kg_table_find(*table, "note");
	size_t note = known ? (size_t)(known - (*table)->column) : (*table)->ncol;

	if (!builder)
		return kg_error_memory(error);
	for (size_t j = 0; j < (*table)->ncol; j++)
		kg_builder_column(builder, (*table)->column[j].name, (*table)->column[j].type,
				  (*table)->column[j].unit);
	if (!known)
		kg_builder_column(builder, "note", KG_TEXT, NULL);
	kg_builder_reserve(builder, (*table)->nrow);
	for (size_t row = 0; row < (*table)->nrow; row++)
		copy_row(hiding, *table, row, note, builder);
	if (kg_arena_failed(hiding->arena)) /* a row may have been shown for want of its name */
		return kg_error_memory(error);
	return kg_builder_finish(builder, (*table)->from, table, error);
}

/* Raw observations behind a picture: those of hidden cells are taken out. */
static enum kg_status take_shown(struct hiding *hiding, const struct kg_table **data, struct kg_error *error)
{
	uint32_t *row = KG_ARRAY(hiding->arena, uint32_t, (*data)->nrow + 1);
	struct kg_table *taken;
	size_t count = 0;

	if (!row)
		return kg_error_memory(error);
	for (size_t i = 0; i < (*data)->nrow; i++)
		if (find_hidden(hiding, *data, i, NULL) == KG_SHOWN)
			row[count++] = (uint32_t)i;
	if (kg_arena_failed(hiding->arena))
		return kg_error_memory(error);
	KG_TRY(kg_table_take(*data, row, count, hiding->arena, &taken, error));
	*data = taken;
	return KG_OK;
}

static void remark_hidden(const struct hiding *hiding, struct kg_result *result)
{
	const struct kg_suppression *found = &hiding->found;

	if (result->nremark)
		kg_result_remark(result, hiding->arena,
				 "What is usually said of this result is left out, for it may tell what is hidden.");
	result->remark += result->nremark ? result->nremark - 1 : 0;
	result->nremark = result->nremark ? 1 : 0;
	kg_result_remark(result, hiding->arena,
			 "Suppressed: %zu counts below %ld, and %zu others from which totals would give them away.",
			 found->nprimary, hiding->command->common.suppress, found->nsecondary);
	if (found->nexposed)
		kg_result_remark(
		    result, hiding->arena,
		    "%zu of them can be worked out from their totals whatever else is hidden: do not publish "
		    "the totals over '%s'.",
		    found->nexposed,
		    hiding->cells.key.count ? hiding->cells.key.name[hiding->cells.key.count - 1]
					    : hiding->count->name);
}

static enum kg_status change_picture(struct hiding *hiding, const struct kg_table *before, struct kg_result *result,
				     struct kg_error *error)
{
	struct kg_picture *picture = &result->picture;

	if (!hiding->command->common.plot) { /* nobody draws it */
		picture->data = NULL;
		picture->table = result->table;
		return KG_OK;
	}
	if (picture->data)
		KG_TRY(take_shown(hiding, &picture->data, error));
	if (picture->table != before)
		return picture->table ? empty_rows(hiding, &picture->table, error) : KG_OK;
	picture->table = result->table;
	return KG_OK;
}

enum kg_status kg_disclosure_hide(const struct kg_command *command, const struct kg_table *table,
				  struct kg_result *result, struct kg_arena *arena, struct kg_error *error)
{
	struct hiding hiding = {
		.command = command, .table = table, .cells = { .table = table, .arena = arena }, .arena = arena
	};
	const struct kg_table *before = result->table;

	if (!command->common.suppress && !command->common.round)
		return KG_OK;
	hiding.tidy = kg_table_find(result->table, "term") != NULL;
	KG_TRY(kg_disclosure_count(command, table, &hiding.count, error));
	KG_TRY(choose_keys(&hiding, result->table, error));
	KG_TRY(hide_cells(&hiding, error));
	KG_TRY(empty_rows(&hiding, &result->table, error));
	KG_TRY(change_picture(&hiding, before, result, error));
	if (command->common.suppress)
		remark_hidden(&hiding, result);
	if (command->common.round)
		kg_result_remark(
		    result, arena,
		    "Counts are rounded to multiples of %ld; the bounds hold all counts that round to them.",
		    command->common.round);
	return KG_OK;
}
