/* formula_parser: reading a formula from left to right. Only for table/formula*.c. */
#ifndef KG_TABLE_FORMULA_PARSER_H
#define KG_TABLE_FORMULA_PARSER_H

#include "table/formula_tree.h"

struct kg_parser {
	const char *text, *at;
	unsigned depth; /* of brackets and signs */
	struct kg_arena *arena;
	struct kg_formula *formula;
	struct kg_error *error;
};

/* Next character that is no blank, without taking it. */
char kg_parser_peek(struct kg_parser *parser);

/* Takes the character if it is next. */
bool kg_parser_take(struct kg_parser *parser, char character);

/* True when a column name or a function comes next. */
bool kg_parser_at_name(struct kg_parser *parser);

/* "formula: ')' at character 7 is not expected; expected a column or a function". */
enum kg_status kg_parser_unexpected(struct kg_parser *parser, const char *expected) KG_CHECKED;

/* Goes one bracket deeper; refuses what would exhaust the stack. */
enum kg_status kg_parser_deeper(struct kg_parser *parser) KG_CHECKED;

/* Takes an arithmetic expression: + - * / ^, brackets, functions, columns, numbers. */
enum kg_status kg_parser_expression(struct kg_parser *parser, const struct kg_node **node) KG_CHECKED;

/* Takes a column or a function call, also factor(column), and returns its position in formula->variable. */
enum kg_status kg_parser_variable(struct kg_parser *parser, size_t *variable) KG_CHECKED;

#endif
