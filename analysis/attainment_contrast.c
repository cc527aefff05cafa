#include "attainment_contrast.h"

#include <string.h>

#include "stats/order.h"
#include "table/take.h"

/* Half width of the step that a derivative is taken with, as a share of the value: the error left is about the square
 * of it, that of rounding about 1e-16 divided by it. */
#define STEP 0x1p-17

struct maker {
	const struct kg_attainment_run *run;
	const struct kg_model *model;
	struct kg_table *cases; /* three times the cases of the model: as they are, lower, higher */
	size_t column;		/* of `cases`: the variable that is changed */
	struct kg_contrast *contrast;
	size_t count;
	struct kg_arena *scratch;
	struct kg_error *error;
};

static enum kg_status open_maker(struct maker *maker)
{
	size_t n = maker->model->design.n;
	uint32_t *row = KG_ARRAY(maker->scratch, uint32_t, 3 * n + 1);

	if (!row)
		return kg_error_memory(maker->error);
	for (size_t i = 0; i < 3 * n; i++)
		row[i] = maker->model->row[i % n];
	return kg_table_take(maker->run->table, row, 3 * n, maker->scratch, &maker->cases, maker->error);
}

static enum kg_status add_contrast(struct maker *maker, struct kg_contrast contrast)
{
	struct kg_contrast *longer = KG_ARRAY(maker->scratch, struct kg_contrast, maker->count + 1);

	if (!longer || !contrast.name)
		return kg_error_memory(maker->error);
	if (maker->count)
		memcpy(longer, maker->contrast, maker->count * sizeof *longer);
	longer[maker->count++] = contrast;
	maker->contrast = longer;
	return KG_OK;
}

/* One of the three parts of a design over all of them. */
static struct kg_design cut_design(const struct maker *maker, const struct kg_design *whole, size_t part)
{
	size_t n = maker->model->design.n, p = whole->p;
	double *x = KG_ARRAY(maker->scratch, double, n *p + 1), *x_low = KG_ARRAY(maker->scratch, double, n *p + 1);
	struct kg_design design = { n, p, x, whole->name, whole->intercept, whole->x_low ? x_low : NULL };

	for (size_t j = 0; x && x_low && j < p; j++) {
		memcpy(x + n * j, whole->x + (3 * j + part) * n, n * sizeof *x);
		if (whole->x_low)
			memcpy(x_low + n * j, whole->x_low + (3 * j + part) * n, n * sizeof *x);
	}
	return design;
}

/* The designs with other cells in the column. Factors keep their levels: the cases themselves are among the rows. */
static enum kg_status make_designs(struct maker *maker, const struct kg_column *changed, struct kg_contrast *contrast)
{
	struct kg_column *column = KG_ARRAY(maker->scratch, struct kg_column, maker->cases->ncol);
	uint32_t *row = KG_ARRAY(maker->scratch, uint32_t, maker->cases->nrow + 1);
	struct kg_cases cases = { row, maker->cases->nrow, NULL, 0 };
	struct kg_table table = *maker->cases;
	struct kg_model model;

	if (!column || !row)
		return kg_error_memory(maker->error);
	memcpy(column, maker->cases->column, maker->cases->ncol * sizeof *column);
	column[maker->column] = *changed;
	table.column = column;
	for (size_t i = 0; i < cases.nrow; i++)
		row[i] = (uint32_t)i;
	KG_TRY(kg_formula_model(maker->run->formula, &table, &cases, maker->scratch, &model, maker->error));
	contrast->low = cut_design(maker, &model.design, 1);
	contrast->high = cut_design(maker, &model.design, 2);
	return kg_arena_failed(maker->scratch) ? kg_error_memory(maker->error) : KG_OK;
}

/* Moves every case a small step down and up; zeros by a share of the largest value, and downwards only with
 * `below_zero`. */
static void fill_step(const struct kg_column *column, size_t n, bool below_zero, double *real, double *width)
{
	double largest = 0;

	for (size_t i = 0; i < n; i++)
		largest = fmax(largest, fabs(column->real[i]));
	for (size_t i = 0; i < n; i++) {
		double value = column->real[i], step = STEP * (value != 0 ? fabs(value) : largest);

		real[i] = value;
		real[n + i] = value != 0 || below_zero ? value - step : 0;
		real[2 * n + i] = value + step;
		width[i] = real[2 * n + i] - real[n + i];
	}
}

/* Where the formula refuses values below zero, zeros are only moved upwards. */
static enum kg_status add_slope(struct maker *maker)
{
	const struct kg_column *column = &maker->cases->column[maker->column];
	size_t n = maker->model->design.n;
	double *real = KG_ARRAY(maker->scratch, double, 3 * n + 1), *width = KG_ARRAY(maker->scratch, double, n + 1);
	struct kg_contrast contrast = { .name = column->name, .width = width };
	struct kg_column changed = *column;
	enum kg_status status;

	if (!real || !width)
		return kg_error_memory(maker->error);
	changed.real = real;
	fill_step(column, n, true, real, width);
	status = make_designs(maker, &changed, &contrast);
	if (status == KG_EDATA) {
		fill_step(column, n, false, real, width);
		status = make_designs(maker, &changed, &contrast);
	}
	return status == KG_OK ? add_contrast(maker, contrast) : status;
}

/* Every case at `low`, and at `high`: numbers. */
static enum kg_status compare_numbers(struct maker *maker, double low, double high, const char *name)
{
	struct kg_column changed = maker->cases->column[maker->column];
	size_t n = maker->model->design.n;
	double *real = KG_ARRAY(maker->scratch, double, 3 * n + 1);
	struct kg_contrast contrast = { .name = name };

	if (!real)
		return kg_error_memory(maker->error);
	for (size_t i = 0; i < 3 * n; i++)
		real[i] = i < n ? changed.real[i] : i < 2 * n ? low : high;
	changed.real = real;
	KG_TRY(make_designs(maker, &changed, &contrast));
	return add_contrast(maker, contrast);
}

/* The same with codes of texts. */
static enum kg_status compare_texts(struct maker *maker, uint32_t low, uint32_t high)
{
	struct kg_column changed = maker->cases->column[maker->column];
	size_t n = maker->model->design.n;
	uint32_t *code = KG_ARRAY(maker->scratch, uint32_t, 3 * n + 1);
	struct kg_contrast contrast = { .name = kg_arena_format(maker->scratch, "%s=%s", changed.name,
								changed.level[high]) };

	if (!code)
		return kg_error_memory(maker->error);
	for (size_t i = 0; i < 3 * n; i++)
		code[i] = i < n ? changed.code[i] : i < 2 * n ? low : high;
	changed.code = code;
	KG_TRY(make_designs(maker, &changed, &contrast));
	return add_contrast(maker, contrast);
}

/* Levels of a text in order, each against the first. */
static enum kg_status add_texts(struct maker *maker)
{
	const struct kg_column *column = &maker->cases->column[maker->column];
	uint32_t first = 0;

	for (uint32_t level = 1; level < column->nlevel; level++)
		if (strcmp(column->level[level], column->level[first]) < 0)
			first = level;
	for (const char *last = column->level[first];;) {
		uint32_t next = first;

		for (uint32_t level = 0; level < column->nlevel; level++)
			if (strcmp(column->level[level], last) > 0 &&
			    (next == first || strcmp(column->level[level], column->level[next]) < 0))
				next = level;
		if (next == first)
			return KG_OK;
		KG_TRY(compare_texts(maker, first, next));
		last = column->level[next];
	}
}

/* Numbers: as levels when they are a factor or nothing but 0 and 1. */
static enum kg_status add_numbers(struct maker *maker, bool factor)
{
	const struct kg_column *column = &maker->cases->column[maker->column];
	size_t n = maker->model->design.n;
	struct kg_order order = kg_order_make(column->real, n, maker->scratch);
	double *value = KG_ARRAY(maker->scratch, double, n + 1);
	const char **name = KG_ARRAY(maker->scratch, const char *, n + 1);

	if (!order.index || !value || !name)
		return kg_error_memory(maker->error);
	for (size_t i = 0; i < n; i++) {
		value[order.code[i]] = column->real[i];
		if (!name[order.code[i]])
			name[order.code[i]] = kg_arena_format(maker->scratch, "%s=%s", column->name,
							      kg_column_cell(column, i, maker->scratch));
	}
	if (!factor && (order.ndistinct != 2 || value[0] != 0 || value[1] != 1))
		return add_slope(maker);
	for (size_t k = 1; k < order.ndistinct; k++)
		KG_TRY(compare_numbers(maker, value[0], value[k], name[k]));
	return KG_OK;
}

enum kg_status kg_attainment_contrasts(const struct kg_attainment_run *run, const struct kg_model *model,
				       struct kg_attainment_own *own, struct kg_arena *scratch, struct kg_error *error)
{
	struct maker maker = { .run = run, .model = model, .scratch = scratch, .error = error };
	const char *const *name;
	size_t count;

	KG_TRY(open_maker(&maker));
	KG_TRY(kg_formula_columns(run->formula_text, scratch, &name, &count, error));
	for (size_t c = 0; c < count && model->design.n > 0; c++) {
		enum kg_formula_use use = kg_formula_use(run->formula, maker.cases, name[c]);

		maker.column = (size_t)(kg_table_find(maker.cases, name[c]) - maker.cases->column);
		if (use == KG_FORMULA_UNUSED)
			continue;
		if (maker.cases->column[maker.column].type == KG_TEXT)
			KG_TRY(add_texts(&maker));
		else
			KG_TRY(add_numbers(&maker, use == KG_FORMULA_FACTOR));
	}
	own->contrast = maker.contrast;
	own->ncontrast = maker.count;
	return KG_OK;
}
