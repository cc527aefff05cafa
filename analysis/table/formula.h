/* formula: `y ~ x + log(z) + factor(d) + x:z + I(x^2) - 1`, the notation of Wilkinson and Rogers (1973) as R writes it.
 * First the text is taken apart, then outcome and model matrix are made from rows of a table.
 * Everything returned lives in the arena passed in; table and formula are borrowed. A parsed formula is immutable and
 * may be shared by threads.
 *
 * Right side: `+` adds a term, `-` takes one away, `a:b` is the product, `a*b` is a + b + a:b, `(a + b)^2` all products
 * up to two. `- 1` or `+ 0` leave the intercept out. Inside I(), log(), log2(), log10(), log1p(), exp() and sqrt(), and
 * on the left side, + - * / ^ are arithmetic. Names with blanks or signs stand in `backticks`.
 * A text column and factor(column) are coded by treatment contrasts; the first level in order (numeric when numeric) is
 * the reference. Without an intercept the first factor, and in x:d without x also d, has a column per level. */
#ifndef KG_TABLE_FORMULA_H
#define KG_TABLE_FORMULA_H

#include "base/design.h"
#include "table/table.h"

struct kg_formula;

/* Outcome and design of some rows: complete cases only. */
struct kg_model {
	const double *y;	 /* design.n values */
	const uint32_t *row;	 /* table row of each case */
	size_t n_missing;	 /* rows left out because a cell they need is missing */
	struct kg_design design; /* names as in R: "(Intercept)" "x" "log(z)" "factor(d)B" "x:z" */
};

/* The rows to use, and columns besides the formula's whose missing cells also drop a row (weights, clusters). */
struct kg_cases {
	const uint32_t *row;
	size_t nrow;
	const struct kg_column *const *also;
	size_t nalso;
};

/* Takes a formula apart. KG_EUSAGE: says what was found at which character and what was expected. */
enum kg_status kg_formula_parse(const char *text, struct kg_arena *arena, const struct kg_formula **formula,
				struct kg_error *error) KG_CHECKED;

/* The names of the columns a formula needs, outcome first, each once. KG_EUSAGE as above. */
enum kg_status kg_formula_columns(const char *text, struct kg_arena *arena, const char *const **name, size_t *count,
				  struct kg_error *error) KG_CHECKED;

/* Outcome and right-hand variables as written (normalised blanks): "log(deaths)", "x". The variable names count
 * expressions, not coefficients. */
const char *kg_formula_outcome(const struct kg_formula *formula);
size_t kg_formula_variables(const struct kg_formula *formula);
bool kg_formula_intercept(const struct kg_formula *formula);

/* Name of the only variable on the right when it is a plain column and there is no other term, else NULL. The same
 * for the outcome: NULL when it is a calculation. For charts of the data. */
const char *kg_formula_single(const struct kg_formula *formula);
const char *kg_formula_outcome_column(const struct kg_formula *formula);

/* How the right side uses a column: not at all, as a number, or as a factor (a text column, or factor(column)). */
enum kg_formula_use { KG_FORMULA_UNUSED, KG_FORMULA_NUMBER, KG_FORMULA_FACTOR };
enum kg_formula_use kg_formula_use(const struct kg_formula *formula, const struct kg_table *table, const char *column);

/* Checks names and types against a table before any row is worked on. KG_EUSAGE: no such column (nearest said);
 * KG_EDATA: text where a number is needed (first such line said). */
enum kg_status kg_formula_check(const struct kg_formula *formula, const struct kg_table *table,
				struct kg_error *error) KG_CHECKED;

/* Outcome and design of the complete cases among the rows, in their order. n = 0 is no error: x and y are then empty
 * and a factor has no levels. KG_EUSAGE, KG_EDATA as above; KG_EDATA also for a calculation without a finite value
 * (names line and column) and for more coefficients than can be held. */
enum kg_status kg_formula_model(const struct kg_formula *formula, const struct kg_table *table,
				const struct kg_cases *cases, struct kg_arena *arena, struct kg_model *model,
				struct kg_error *error) KG_CHECKED;

#endif
