/* formula_tree: a formula taken apart. Only for table/formula*.c. */
#ifndef KG_TABLE_FORMULA_TREE_H
#define KG_TABLE_FORMULA_TREE_H

#include "table/formula.h"

#define KG_VARIABLES_MOST 64 /* a term is a set of variables, one bit each */

/* A function of one number, defined above `least` (and at it, unless open). */
struct kg_function {
	const char *name;
	long double (*apply)(long double);
	double least;
	bool open;
	const char *needs; /* "a positive value" */
};

enum kg_node_kind { KG_NODE_NUMBER, KG_NODE_COLUMN, KG_NODE_CALL, KG_NODE_BRACKET, KG_NODE_NEGATE, KG_NODE_BINARY };

struct kg_node {
	enum kg_node_kind kind;
	double number;
	size_t column;			    /* KG_NODE_COLUMN: position in formula->column */
	char operator;			    /* KG_NODE_BINARY: + - * / ^ */
	const struct kg_function *function; /* KG_NODE_CALL */
	const struct kg_node *left, *right;
};

struct kg_variable {
	const char *name; /* as written, blanks normalised */
	const struct kg_node *value;
	bool factor; /* factor() was written; a plain text column is a factor too */
};

struct kg_formula {
	const char **column;
	size_t ncolumn;
	const char *outcome;
	const struct kg_node *value;
	struct kg_variable variable[KG_VARIABLES_MOST];
	size_t nvariable;
	uint64_t *term; /* sets of variables, by number of variables */
	size_t nterm;
	bool intercept;
};

/* The function of that name (`length` bytes), NULL when there is none. */
const struct kg_function *kg_function_find(const char *name, size_t length);

/* "I, log, log2 ..." for messages. */
const char *kg_function_list(void);

/* The expression as R prints it: `x * z`, `x^2`, `x/z`, `log(x + 1)`. NULL when memory is out. */
const char *kg_node_name(const struct kg_formula *formula, const struct kg_node *node, struct kg_arena *arena);

/* One variable over the cases: numbers, or levels of a factor. */
struct kg_values {
	const long double *number;
	const uint32_t *level; /* of each case; NULL = numbers */
	const char *const *label;
	size_t nlevel;
};

/* The levels of a column over some rows, in order; only those that occur. */
enum kg_status kg_factor_levels(const struct kg_column *column, const uint32_t *row, size_t n, struct kg_arena *arena,
				struct kg_values *values, struct kg_error *error) KG_CHECKED;

#endif
