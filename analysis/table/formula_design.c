#include "table/formula_design.h"

#include <math.h>

/* Largest matrix: 1 GB. A factor with thousands of levels over thousands of rows is a mistake, not a model. */
#define CELLS_MOST ((size_t)1 << 27)

struct maker {
	const struct kg_formula *formula;
	const struct kg_values *values;
	size_t n;
	struct kg_arena *arena;
	long double *column; /* the one that is being made */
	double *x, *x_low;
	const char **name;
	size_t p;
	bool inexact;	      /* some value is no double */
	const char *infinite; /* name of a product that is too large for a double */
};

static bool has_term(const struct kg_formula *formula, uint64_t term)
{
	for (size_t i = 0; i < formula->nterm; i++)
		if (formula->term[i] == term)
			return true;
	return false;
}

/* Without an intercept the first factor of the model has a column for each of its levels. */
static bool stands_for_intercept(const struct maker *maker, uint64_t term, size_t variable)
{
	const struct kg_formula *formula = maker->formula;

	if (formula->intercept)
		return false;
	for (size_t t = 0; t < formula->nterm; t++)
		for (size_t v = 0; v < formula->nvariable; v++)
			if (formula->term[t] >> v & 1 && maker->values[v].level)
				return formula->term[t] == term && v == variable;
	return false;
}

/* First level of a factor that has a column in a term: 1 (contrasts with level 0) when the term without the factor is
 * in the model too, else 0 (Chambers and Hastie 1992, "Statistical Models in S", section 2.4.1). A factor with one
 * level keeps it, so that its coefficient is named as collinear instead of vanishing. */
static size_t first_level(const struct maker *maker, uint64_t term, size_t variable)
{
	uint64_t margin = term & ~(UINT64_C(1) << variable);

	if (maker->values[variable].nlevel < 2)
		return 0;
	return (margin == 0 || has_term(maker->formula, margin)) && !stands_for_intercept(maker, term, variable);
}

/* Columns of one variable within a term. */
static size_t count_columns(const struct maker *maker, uint64_t term, size_t variable)
{
	if (!maker->values[variable].level)
		return 1;
	return maker->values[variable].nlevel - first_level(maker, term, variable);
}

static size_t count_term(const struct maker *maker, uint64_t term)
{
	size_t count = 1;

	for (size_t v = 0; v < maker->formula->nvariable; v++)
		if (term >> v & 1 && __builtin_mul_overflow(count, count_columns(maker, term, v), &count))
			return SIZE_MAX / 2;
	return count;
}

/* Multiplies the column by one variable (its level `level` when a factor) and extends its name. */
static bool multiply_column(struct maker *maker, size_t variable, size_t level)
{
	const struct kg_values *values = &maker->values[variable];
	const char *name = maker->formula->variable[variable].name, *before = maker->name[maker->p];
	const char *colon = before ? ":" : "", *label = values->level ? values->label[level] : "";

	for (size_t i = 0; i < maker->n; i++)
		maker->column[i] *= values->level ? (long double)(values->level[i] == level) : values->number[i];
	maker->name[maker->p] = kg_arena_format(maker->arena, "%s%s%s%s", before ? before : "", colon, name, label);
	return maker->name[maker->p] != NULL;
}

static void store_column(struct maker *maker)
{
	double *x = &maker->x[maker->p * maker->n], *x_low = &maker->x_low[maker->p * maker->n];

	for (size_t i = 0; i < maker->n; i++) {
		x[i] = (double)maker->column[i];
		x_low[i] = (double)(maker->column[i] - x[i]);
		maker->inexact |= x_low[i] != 0;
		if (!isfinite(x[i]))
			maker->infinite = maker->name[maker->p];
	}
	maker->p++;
}

static void start_column(struct maker *maker)
{
	for (size_t i = 0; i < maker->n; i++)
		maker->column[i] = 1;
}

/* Adds the columns of a term; the levels of its first factor change fastest. */
static bool add_term(struct maker *maker, uint64_t term)
{
	size_t count = count_term(maker, term);

	for (size_t c = 0; c < count; c++) {
		size_t rest = c;

		start_column(maker);
		for (size_t v = 0; v < maker->formula->nvariable; v++) {
			size_t wide;

			if (!(term >> v & 1))
				continue;
			wide = count_columns(maker, term, v);
			if (!multiply_column(maker, v, rest % wide + first_level(maker, term, v)))
				return false;
			rest /= wide;
		}
		store_column(maker);
	}
	return true;
}

static bool add_intercept(struct maker *maker)
{
	start_column(maker);
	maker->name[maker->p] = "(Intercept)";
	store_column(maker);
	return true;
}

static size_t count_all(const struct maker *maker)
{
	size_t p = maker->formula->intercept;

	for (size_t t = 0; t < maker->formula->nterm; t++)
		if (__builtin_add_overflow(p, count_term(maker, maker->formula->term[t]), &p))
			return SIZE_MAX;
	return p;
}

enum kg_status kg_design_make(const struct kg_formula *formula, const struct kg_values *values, size_t n,
			      struct kg_arena *arena, struct kg_design *design, struct kg_error *error)
{
	struct maker maker = { .formula = formula, .values = values, .n = n, .arena = arena };
	size_t p = count_all(&maker), cells;
	bool made;

	if (__builtin_mul_overflow(p, n + 1, &cells) || cells > CELLS_MOST)
		return kg_error_set(error, KG_EDATA,
				    "the formula makes too many coefficients for %zu rows; "
				    "is one of its factors a code that differs in every row?",
				    n);
	maker.column = KG_ARRAY(arena, long double, n);
	maker.x = KG_ARRAY(arena, double, cells);
	maker.x_low = KG_ARRAY(arena, double, cells);
	maker.name = KG_ARRAY(arena, const char *, p);
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	made = !formula->intercept || add_intercept(&maker);
	for (size_t t = 0; made && t < formula->nterm; t++)
		made = add_term(&maker, formula->term[t]);
	if (!made)
		return kg_error_memory(error);
	if (maker.infinite)
		return kg_error_set(error, KG_EDATA, "'%s' is too large for a number; divide its columns first",
				    maker.infinite);
	*design = (struct kg_design){ n, p, maker.x, maker.name, formula->intercept, NULL };
	if (maker.inexact)
		design->x_low = maker.x_low;
	return KG_OK;
}
