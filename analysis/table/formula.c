#include <math.h>
#include <string.h>

#include "table/formula_design.h"

struct evaluation {
	const struct kg_formula *formula;
	const struct kg_table *table;
	const struct kg_column *const *column; /* of formula->column */
	const uint32_t *row;
	size_t n;
	struct kg_arena *arena;
	struct kg_error *error;
};

const char *kg_formula_outcome(const struct kg_formula *formula)
{
	return formula->outcome;
}

size_t kg_formula_variables(const struct kg_formula *formula)
{
	return formula->nvariable;
}

bool kg_formula_intercept(const struct kg_formula *formula)
{
	return formula->intercept;
}

const char *kg_formula_single(const struct kg_formula *formula)
{
	const struct kg_variable *only = formula->variable;

	if (formula->nvariable != 1 || formula->nterm != 1 || only->factor || only->value->kind != KG_NODE_COLUMN)
		return NULL;
	return formula->column[only->value->column];
}

const char *kg_formula_outcome_column(const struct kg_formula *formula)
{
	return formula->value->kind == KG_NODE_COLUMN ? formula->column[formula->value->column] : NULL;
}

static bool uses(const struct kg_formula *formula, const struct kg_node *node, const char *column)
{
	if (node->kind == KG_NODE_COLUMN)
		return strcmp(formula->column[node->column], column) == 0;
	return (node->left && uses(formula, node->left, column)) || (node->right && uses(formula, node->right, column));
}

enum kg_formula_use kg_formula_use(const struct kg_formula *formula, const struct kg_table *table, const char *column)
{
	const struct kg_column *found = kg_table_find(table, column);
	enum kg_formula_use use = KG_FORMULA_UNUSED;

	for (size_t i = 0; i < formula->nvariable; i++) {
		if (!uses(formula, formula->variable[i].value, column))
			continue;
		if (formula->variable[i].factor || (found && found->type == KG_TEXT))
			return KG_FORMULA_FACTOR;
		use = KG_FORMULA_NUMBER;
	}
	return use;
}

static bool is_factor(const struct kg_variable *variable, const struct kg_column *const *column)
{
	return variable->factor ||
	       (variable->value->kind == KG_NODE_COLUMN && column[variable->value->column]->type == KG_TEXT);
}

/* Says no when a column inside the expression is text. */
static enum kg_status check_numbers(const struct evaluation *e, const struct kg_node *node)
{
	const struct kg_column *column;

	if (node->kind == KG_NODE_COLUMN)
		return kg_table_number(e->table, e->formula->column[node->column], &column, e->error);
	if (node->left)
		KG_TRY(check_numbers(e, node->left));
	return node->right ? check_numbers(e, node->right) : KG_OK;
}

static enum kg_status find_columns(struct evaluation *e)
{
	const struct kg_formula *formula = e->formula;
	const struct kg_column **column = KG_ARRAY(e->arena, const struct kg_column *, formula->ncolumn);

	if (!column)
		return kg_error_memory(e->error);
	for (size_t i = 0; i < formula->ncolumn; i++)
		KG_TRY(kg_table_column(e->table, formula->column[i], &column[i], e->error));
	e->column = column;
	KG_TRY(check_numbers(e, formula->value));
	for (size_t i = 0; i < formula->nvariable; i++)
		if (!is_factor(&formula->variable[i], column))
			KG_TRY(check_numbers(e, formula->variable[i].value));
	return KG_OK;
}

enum kg_status kg_formula_check(const struct kg_formula *formula, const struct kg_table *table, struct kg_error *error)
{
	struct kg_arena *scratch = kg_arena_new(0);
	struct evaluation e = { .formula = formula, .table = table, .arena = scratch, .error = error };
	enum kg_status status = scratch ? find_columns(&e) : kg_error_memory(error);

	kg_arena_free(scratch);
	return status;
}

/* The column that a message about an expression is about. */
static const char *name_column(const struct evaluation *e, const struct kg_node *node)
{
	const char *left = NULL;

	if (node->kind == KG_NODE_COLUMN)
		return e->formula->column[node->column];
	if (node->left)
		left = name_column(e, node->left);
	return left || !node->right ? left : name_column(e, node->right);
}

static enum kg_status refuse_value(const struct evaluation *e, const struct kg_node *node, uint32_t row, double value)
{
	const char *name = kg_node_name(e->formula, node, e->arena);

	if (!name)
		return kg_error_memory(e->error);
	if (node->kind == KG_NODE_CALL)
		return kg_error_cell(
		    e->error, KG_EDATA, e->table->from->file, kg_table_line(e->table, row), name_column(e, node),
		    "'%s' needs %s, found %.15g; leave such rows out with --where or use another formula", name,
		    node->function->needs, value);
	return kg_error_cell(e->error, KG_EDATA, e->table->from->file, kg_table_line(e->table, row),
			     name_column(e, node),
			     "'%s' has no finite value; leave such rows out with --where or use another formula", name);
}

static long double combine_numbers(char operator, long double left, long double right)
{
	switch (operator) {
	case '+':
		return left + right;
	case '-':
		return left - right;
	case '*':
		return left * right;
	case '/':
		return left / right;
	default:
		return powl(left, right);
	}
}

static enum kg_status evaluate_node(const struct evaluation *e, const struct kg_node *node, uint32_t row,
				    long double *out)
{
	const struct kg_function *function = node->function;
	long double left = 0, right = 0;

	if (node->left)
		KG_TRY(evaluate_node(e, node->left, row, &left));
	if (node->right)
		KG_TRY(evaluate_node(e, node->right, row, &right));
	switch (node->kind) {
	case KG_NODE_NUMBER:
		*out = node->number;
		break;
	case KG_NODE_COLUMN:
		*out = e->column[node->column]->real[row];
		break;
	case KG_NODE_BRACKET:
		*out = left;
		break;
	case KG_NODE_NEGATE:
		*out = -left;
		break;
	case KG_NODE_CALL:
		if (left < function->least || (function->open && left == function->least))
			return refuse_value(e, node, row, (double)left);
		*out = function->apply(left);
		break;
	case KG_NODE_BINARY:
		*out = combine_numbers(node->operator, left, right);
		break;
	}
	return KG_OK;
}

static enum kg_status evaluate_rows(const struct evaluation *e, const struct kg_node *node, const long double **out)
{
	long double *value = KG_ARRAY(e->arena, long double, e->n);

	if (!value)
		return kg_error_memory(e->error);
	for (size_t i = 0; i < e->n; i++) {
		KG_TRY(evaluate_node(e, node, e->row[i], &value[i]));
		if (!isfinite((double)value[i]))
			return refuse_value(e, &(struct kg_node){ .kind = KG_NODE_BRACKET, .left = node }, e->row[i],
					    (double)value[i]);
	}
	*out = value;
	return KG_OK;
}

static enum kg_status evaluate_outcome(const struct evaluation *e, const double **out)
{
	const long double *value = NULL;
	double *y = KG_ARRAY(e->arena, double, e->n);

	if (!y)
		return kg_error_memory(e->error);
	KG_TRY(evaluate_rows(e, e->formula->value, &value));
	for (size_t i = 0; i < e->n; i++)
		y[i] = (double)value[i];
	*out = y;
	return KG_OK;
}

static bool is_complete(const struct evaluation *e, const struct kg_cases *cases, uint32_t row)
{
	for (size_t i = 0; i < e->formula->ncolumn; i++)
		if (kg_column_missing(e->column[i], row))
			return false;
	for (size_t i = 0; i < cases->nalso; i++)
		if (kg_column_missing(cases->also[i], row))
			return false;
	return true;
}

static enum kg_status keep_complete(struct evaluation *e, const struct kg_cases *cases)
{
	uint32_t *row = KG_ARRAY(e->arena, uint32_t, cases->nrow);

	if (!row)
		return kg_error_memory(e->error);
	for (size_t i = 0; i < cases->nrow; i++)
		if (is_complete(e, cases, cases->row[i]))
			row[e->n++] = cases->row[i];
	e->row = row;
	return KG_OK;
}

static enum kg_status evaluate_variables(const struct evaluation *e, struct kg_values *values)
{
	for (size_t i = 0; i < e->formula->nvariable; i++) {
		const struct kg_variable *variable = &e->formula->variable[i];

		if (is_factor(variable, e->column))
			KG_TRY(kg_factor_levels(e->column[variable->value->column], e->row, e->n, e->arena, &values[i],
						e->error));
		else
			KG_TRY(evaluate_rows(e, variable->value, &values[i].number));
	}
	return KG_OK;
}

enum kg_status kg_formula_model(const struct kg_formula *formula, const struct kg_table *table,
				const struct kg_cases *cases, struct kg_arena *arena, struct kg_model *model,
				struct kg_error *error)
{
	struct evaluation e = { .formula = formula, .table = table, .arena = arena, .error = error };
	struct kg_values values[KG_VARIABLES_MOST] = { 0 };

	KG_TRY(find_columns(&e));
	KG_TRY(keep_complete(&e, cases));
	model->row = e.row;
	model->n_missing = cases->nrow - e.n;
	KG_TRY(evaluate_outcome(&e, &model->y));
	KG_TRY(evaluate_variables(&e, values));
	return kg_design_make(formula, values, e.n, arena, &model->design, error);
}
