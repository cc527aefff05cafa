#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "table/formula_parser.h"

/* Brackets and signs within each other: far more than anyone writes, far less than the stack holds. */
#define DEPTH_MOST 64

char kg_parser_peek(struct kg_parser *parser)
{
	parser->at += strspn(parser->at, " \t\r\n");
	return *parser->at;
}

bool kg_parser_take(struct kg_parser *parser, char character)
{
	if (kg_parser_peek(parser) != character)
		return false;
	parser->at++;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool starts_name(const char *at)
{
	unsigned char c = (unsigned char)*at;

	if (c == '.')
		return !is_digit(at[1]);
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '`' || c >= 0x80;
}

static size_t measure_name(const char *at)
{
	size_t length = 0;

	while (is_digit(at[length]) || (starts_name(at + length) && at[length] != '`') || at[length] == '.')
		length++;
	return length;
}

bool kg_parser_at_name(struct kg_parser *parser)
{
	kg_parser_peek(parser);
	return starts_name(parser->at);
}

static size_t count_characters(const char *from, const char *to)
{
	size_t count = 0;

	for (; from < to; from++)
		count += ((unsigned char)*from & 0xC0) != 0x80;
	return count;
}

enum kg_status kg_parser_unexpected(struct kg_parser *parser, const char *expected)
{
	size_t position, length = 1;

	if (kg_parser_peek(parser) == '\0')
		return kg_error_set(parser->error, KG_EUSAGE, "formula '%s' ends too early: expected %s", parser->text,
				    expected);
	position = count_characters(parser->text, parser->at) + 1;
	while (((unsigned char)parser->at[length] & 0xC0) == 0x80)
		length++;
	if (starts_name(parser->at) && *parser->at != '`')
		length = measure_name(parser->at);
	return kg_error_set(parser->error, KG_EUSAGE, "formula: '%.*s' at character %zu is out of place: expected %s",
			    (int)length, parser->at, position, expected);
}

enum kg_status kg_parser_deeper(struct kg_parser *parser)
{
	if (++parser->depth <= DEPTH_MOST)
		return KG_OK;
	return kg_error_set(parser->error, KG_EUSAGE, "formula: more than %d brackets within each other", DEPTH_MOST);
}

static enum kg_status make_node(struct kg_parser *parser, struct kg_node fill, const struct kg_node **out)
{
	struct kg_node *node = KG_NEW(parser->arena, struct kg_node);

	if (!node)
		return kg_error_memory(parser->error);
	*node = fill;
	*out = node;
	return KG_OK;
}

/* Takes a name, plain or in backticks. */
static enum kg_status take_name(struct kg_parser *parser, const char **name)
{
	const char *start = parser->at, *end = start + measure_name(start);
	bool quoted = *start == '`';

	if (quoted) {
		end = strchr(++start, '`');
		if (!end || end == start)
			return kg_parser_unexpected(parser, "a column name between backticks");
	}
	parser->at = end + quoted;
	*name = kg_arena_text_n(parser->arena, start, (size_t)(end - start));
	return *name ? KG_OK : kg_error_memory(parser->error);
}

/* Position of a column among those the formula needs, added when it is new. */
static enum kg_status place_column(struct kg_parser *parser, const char *name, size_t *position)
{
	struct kg_formula *formula = parser->formula;
	const char **grown;

	for (size_t i = 0; i < formula->ncolumn; i++)
		if (strcmp(formula->column[i], name) == 0) {
			*position = i;
			return KG_OK;
		}
	grown = kg_arena_grow(parser->arena, formula->column, formula->ncolumn * sizeof *grown,
			      (formula->ncolumn + 1) * sizeof *grown);
	if (!grown)
		return kg_error_memory(parser->error);
	grown[formula->ncolumn] = name;
	formula->column = grown;
	*position = formula->ncolumn++;
	return KG_OK;
}

static enum kg_status take_column(struct kg_parser *parser, const struct kg_node **node)
{
	const char *name;
	size_t column = 0;

	if (!kg_parser_at_name(parser))
		return kg_parser_unexpected(parser, "a column");
	if (parser->at[0] == '.' && measure_name(parser->at) == 1)
		return kg_error_set(parser->error, KG_EUSAGE,
				    "formula: '.' does not stand for all columns; name those that you mean");
	KG_TRY(take_name(parser, &name));
	KG_TRY(place_column(parser, name, &column));
	return make_node(parser, (struct kg_node){ .kind = KG_NODE_COLUMN, .column = column }, node);
}

/* Takes `name(` when a function call is next; the length of its name, else 0. */
static size_t take_call(struct kg_parser *parser, const char **name)
{
	size_t length;

	if (!kg_parser_at_name(parser) || *parser->at == '`')
		return 0;
	length = measure_name(parser->at);
	if (parser->at[length + strspn(parser->at + length, " \t\r\n")] != '(')
		return 0;
	*name = parser->at;
	parser->at = strchr(parser->at + length, '(') + 1;
	return length;
}

static enum kg_status refuse_call(struct kg_parser *parser, const char *name, size_t length)
{
	if (length == 6 && memcmp(name, "offset", length) == 0)
		return kg_error_set(parser->error, KG_EUSAGE,
				    "formula: 'offset()' is not written here; use --offset with the column");
	if (length == 6 && memcmp(name, "factor", length) == 0)
		return kg_error_set(
		    parser->error, KG_EUSAGE,
		    "formula: 'factor()' cannot be part of a calculation; it stands alone or in ':' and '*'");
	return kg_error_set(parser->error, KG_EUSAGE, "formula: '%.*s()' is not a function; there are %s", (int)length,
			    name, kg_function_list());
}

static enum kg_status take_bracket(struct kg_parser *parser, struct kg_node around, const struct kg_node **node)
{
	KG_TRY(kg_parser_deeper(parser));
	KG_TRY(kg_parser_expression(parser, &around.left));
	if (!kg_parser_take(parser, ')'))
		return kg_parser_unexpected(parser, "')'");
	parser->depth--;
	return make_node(parser, around, node);
}

static enum kg_status take_number(struct kg_parser *parser, const struct kg_node **node)
{
	struct kg_node number = { .kind = KG_NODE_NUMBER };
	size_t length = strspn(parser->at, "0123456789.");

	if (length > 0 && (parser->at[length] == 'e' || parser->at[length] == 'E')) {
		size_t sign = length + 1 + (parser->at[length + 1] == '-' || parser->at[length + 1] == '+');

		if (is_digit(parser->at[sign]))
			length = sign + strspn(parser->at + sign, "0123456789");
	}
	if (kg_number_parse(parser->at, length, '.', 0, &number.number) != KG_PARSED)
		return kg_parser_unexpected(parser, "a column, a number or a function");
	parser->at += length;
	return make_node(parser, number, node);
}

static enum kg_status take_primary(struct kg_parser *parser, const struct kg_node **node)
{
	struct kg_node call = { .kind = KG_NODE_CALL };
	const char *name;
	size_t length;

	if (kg_parser_take(parser, '('))
		return take_bracket(parser, (struct kg_node){ .kind = KG_NODE_BRACKET }, node);
	length = take_call(parser, &name);
	if (length > 0) {
		call.function = kg_function_find(name, length);
		return call.function ? take_bracket(parser, call, node) : refuse_call(parser, name, length);
	}
	return kg_parser_at_name(parser) ? take_column(parser, node) : take_number(parser, node);
}

static enum kg_status take_signed(struct kg_parser *parser, const struct kg_node **node);

static enum kg_status take_power(struct kg_parser *parser, const struct kg_node **node)
{
	struct kg_node power = { .kind = KG_NODE_BINARY, .operator= '^' };

	KG_TRY(take_primary(parser, node));
	if (!kg_parser_take(parser, '^'))
		return KG_OK;
	power.left = *node;
	KG_TRY(take_signed(parser, &power.right));
	return make_node(parser, power, node);
}

static enum kg_status take_signed(struct kg_parser *parser, const struct kg_node **node)
{
	struct kg_node negate = { .kind = KG_NODE_NEGATE };
	enum kg_status status;
	bool minus = kg_parser_take(parser, '-');

	KG_TRY(kg_parser_deeper(parser));
	if (!minus) {
		status = take_power(parser, node);
	} else {
		KG_TRY(take_signed(parser, &negate.left));
		status = make_node(parser, negate, node);
	}
	parser->depth--;
	return status;
}

static enum kg_status take_product(struct kg_parser *parser, const struct kg_node **node)
{
	KG_TRY(take_signed(parser, node));
	while (kg_parser_peek(parser) == '*' || kg_parser_peek(parser) == '/') {
		struct kg_node product = { .kind = KG_NODE_BINARY, .operator= * parser->at++, .left = *node };

		KG_TRY(take_signed(parser, &product.right));
		KG_TRY(make_node(parser, product, node));
	}
	return KG_OK;
}

enum kg_status kg_parser_expression(struct kg_parser *parser, const struct kg_node **node)
{
	KG_TRY(take_product(parser, node));
	while (kg_parser_peek(parser) == '+' || kg_parser_peek(parser) == '-') {
		struct kg_node sum = { .kind = KG_NODE_BINARY, .operator= * parser->at++, .left = *node };

		KG_TRY(take_product(parser, &sum.right));
		KG_TRY(make_node(parser, sum, node));
	}
	return KG_OK;
}

/* factor(column): takes it when it is next. */
static enum kg_status take_factor(struct kg_parser *parser, struct kg_variable *variable)
{
	const char *start = parser->at, *name;
	size_t length = take_call(parser, &name);

	if (length != 6 || memcmp(name, "factor", length) != 0) {
		parser->at = start;
		return KG_OK;
	}
	variable->factor = true;
	KG_TRY(take_column(parser, &variable->value));
	return kg_parser_take(parser, ')') ? KG_OK : kg_parser_unexpected(parser, "')'");
}

enum kg_status kg_parser_variable(struct kg_parser *parser, size_t *position)
{
	struct kg_formula *formula = parser->formula;
	struct kg_variable new = { 0 };

	if (!kg_parser_at_name(parser))
		return kg_parser_unexpected(parser, "a column or a function");
	KG_TRY(take_factor(parser, &new));
	if (!new.factor)
		KG_TRY(take_primary(parser, &new.value));
	new.name = kg_node_name(formula, new.value, parser->arena);
	if (new.name &&new.factor)
		new.name = kg_arena_format(parser->arena, "factor(%s)", new.name);
	if (!new.name)
		return kg_error_memory(parser->error);
	for (*position = 0; *position < formula->nvariable; ++*position)
		if (strcmp(formula->variable[*position].name, new.name) == 0)
			return KG_OK;
	if (formula->nvariable == KG_VARIABLES_MOST)
		return kg_error_set(parser->error, KG_EUSAGE, "formula: more than %d variables", KG_VARIABLES_MOST);
	formula->variable[formula->nvariable++] = new;
	return KG_OK;
}
