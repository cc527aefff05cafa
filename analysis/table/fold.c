#include "table/fold.h"

#include <string.h>

#include "base/number.h"
#include "table/group.h"
#include "table/missing.h"

struct folding {
	const struct kg_table *table;
	const struct kg_fold *fold;
	const struct kg_groups *groups;
	struct kg_arena *arena;
	size_t missing;
};

/* A folded cell: stated value and ends of its range. */
struct folded {
	long double value[3];
	size_t count;
};

static void fold_in(enum kg_fold_how how, struct folded *folded, const double value[3])
{
	for (int i = 0; i < 3; i++) {
		bool first = !folded->count;

		if (how == KG_FOLD_SUM || how == KG_FOLD_MEAN)
			folded->value[i] += value[i];
		else if (first || (how == KG_FOLD_MIN ? value[i] < folded->value[i] : value[i] > folded->value[i]))
			folded->value[i] = value[i];
	}
	folded->count++;
}

static struct folded fold_group(struct folding *folding, const struct kg_column *column, size_t group)
{
	const struct kg_groups *groups = folding->groups;
	struct folded folded = { { 0, 0, 0 }, 0 };

	for (size_t i = groups->start[group]; i < groups->start[group + 1]; i++) {
		size_t row = groups->row[i];
		double real = kg_column_real(column, row);
		double value[3] = { real, column->low ? column->low[row] : real,
				    column->high ? column->high[row] : real };

		if (kg_column_missing(column, row))
			folding->missing++;
		else
			fold_in(folding->fold->how, &folded, value);
	}
	for (int i = 0; folding->fold->how == KG_FOLD_MEAN && folded.count && i < 3; i++)
		folded.value[i] /= (long double)folded.count;
	return folded;
}

static enum kg_type choose_type(enum kg_fold_how how, enum kg_type type)
{
	if (how == KG_FOLD_MEAN)
		return KG_REAL;
	return how == KG_FOLD_SUM && type == KG_BOOLEAN ? KG_INTEGER : type;
}

/* What is counted before the rows are folded; false when memory is out. */
static bool count_absent(struct folding *folding, const struct kg_column *column, struct kg_column *made)
{
	struct kg_absent *absent = column->absent ? KG_NEW(folding->arena, struct kg_absent) : NULL;

	if (!absent)
		return !column->absent;
	absent->missing = column->absent->missing;
	kg_missing_count(column, folding->table->nrow, absent->count);
	made->absent = absent;
	return true;
}

static enum kg_status fold_column(struct folding *folding, const struct kg_column *column, struct kg_column *made,
				  struct kg_error *error)
{
	size_t count = folding->groups->ngroup;
	double *real = KG_ARRAY(folding->arena, double, count);
	double *low = column->low ? KG_ARRAY(folding->arena, double, count) : NULL;
	double *high = column->high ? KG_ARRAY(folding->arena, double, count) : NULL;
	uint8_t *missing = KG_ARRAY(folding->arena, uint8_t, count / 8 + 1);

	if (!real || !missing || (column->low && (!low || !high)))
		return kg_error_memory(error);
	*made = (struct kg_column){ .name = column->name, .unit = column->unit, .title = column->title, .real = real };
	if (!count_absent(folding, column, made))
		return kg_error_memory(error);
	made->type = choose_type(folding->fold->how, column->type);
	made->low = low;
	made->high = high;
	for (size_t g = 0; g < count; g++) {
		struct folded folded = fold_group(folding, column, g);

		real[g] = (double)folded.value[0];
		if (low) {
			low[g] = (double)folded.value[1];
			high[g] = (double)folded.value[2];
		}
		if (fabs(real[g]) > KG_INTEGER_MOST && made->type == KG_INTEGER)
			made->type = KG_REAL;
		if (!folded.count) {
			missing[g >> 3] |= (uint8_t)(1 << (g & 7));
			made->missing = missing;
		}
	}
	return KG_OK;
}

/* The key cells of each group's first row. */
static enum kg_status take_key(const struct folding *folding, const struct kg_column *column, struct kg_column *made,
			       struct kg_error *error)
{
	const struct kg_groups *groups = folding->groups;
	uint32_t *code = column->code ? KG_ARRAY(folding->arena, uint32_t, groups->ngroup) : NULL;
	double *real = column->real ? KG_ARRAY(folding->arena, double, groups->ngroup) : NULL;
	uint8_t *missing = KG_ARRAY(folding->arena, uint8_t, groups->ngroup / 8 + 1);

	*made = *column;
	made->code = code;
	made->real = real;
	made->missing = column->missing ? missing : NULL;
	made->low = made->high = NULL;
	made->absent = NULL;
	if (!missing || (column->code && !code) || (column->real && !real))
		return kg_error_memory(error);
	for (size_t g = 0; g < groups->ngroup; g++) {
		size_t row = groups->row[groups->start[g]];

		if (code)
			code[g] = column->code[row];
		if (real)
			real[g] = column->real[row];
		if (kg_column_missing(column, row))
			missing[g >> 3] |= (uint8_t)(1 << (g & 7));
	}
	return KG_OK;
}

static enum kg_status take_lines(const struct folding *folding, struct kg_table *made, struct kg_error *error)
{
	const struct kg_groups *groups = folding->groups;
	uint32_t *line = KG_ARRAY(folding->arena, uint32_t, groups->ngroup);

	if (!line)
		return kg_error_memory(error);
	for (size_t g = 0; g < groups->ngroup; g++)
		line[g] = (uint32_t)kg_table_line(folding->table, groups->row[groups->start[g]]);
	made->line = line;
	return KG_OK;
}

static bool is_among(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

static enum kg_status fold_columns(struct folding *folding, struct kg_table *made, struct kg_column *column,
				   struct kg_error *error)
{
	const struct kg_fold *fold = folding->fold;
	const struct kg_column *found;

	for (size_t k = 0; k < fold->nkey; k++) {
		if (is_among(fold->key, k, fold->key[k]))
			continue;
		KG_TRY(kg_table_column(folding->table, fold->key[k], &found, error));
		KG_TRY(take_key(folding, found, &column[made->ncol++], error));
	}
	for (size_t v = 0; v < fold->nvalue; v++) {
		if (is_among(fold->value, v, fold->value[v]) || is_among(fold->key, fold->nkey, fold->value[v]))
			continue;
		KG_TRY(kg_table_number(folding->table, fold->value[v], &found, error));
		KG_TRY(fold_column(folding, found, &column[made->ncol++], error));
	}
	return take_lines(folding, made, error);
}

enum kg_status kg_fold_table(const struct kg_table *table, const struct kg_fold *fold, struct kg_arena *arena,
			     const struct kg_table **folded, struct kg_error *error)
{
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, fold->nkey + fold->nvalue + 1);
	struct kg_provenance *from = KG_NEW(arena, struct kg_provenance);
	struct kg_table *made = KG_NEW(arena, struct kg_table);
	struct kg_names by = { fold->key, fold->nkey };
	struct kg_groups groups;
	struct folding folding = { table, fold, &groups, arena, 0 };

	if (!column || !from || !made)
		return kg_error_memory(error);
	KG_TRY(kg_groups_make(table, &by, arena, &groups, error));
	*made = (struct kg_table){ .name = table->name, .nrow = groups.ngroup, .column = column, .from = from };
	KG_TRY(fold_columns(&folding, made, column, error));
	*from = *table->from;
	from->folded_rows = table->nrow;
	from->folded_missing = folding.missing;
	*folded = made;
	return KG_OK;
}
