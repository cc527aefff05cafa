#include "table/query_range_tree.h"

#include <string.h>

#include "base/buffer.h"

struct kg_range_node *kg_range_fail(struct kg_range_parser *parser)
{
	parser->failed = true;
	return NULL;
}

static struct kg_range_node *make_node(struct kg_range_parser *parser, enum kg_range_kind kind)
{
	struct kg_range_node *node = KG_NEW(parser->arena, struct kg_range_node);

	if (!node)
		return kg_range_fail(parser);
	node->kind = kind;
	return node;
}

struct kg_range_node *kg_range_leaf(struct kg_range_parser *parser, struct kg_span text)
{
	struct kg_range_node *node = make_node(parser, KG_RANGE_LEAF);

	if (node)
		node->text = text;
	return node;
}

static bool is_same(struct kg_span a, struct kg_span b)
{
	size_t length = (size_t)(a.end - a.start);

	return length == (size_t)(b.end - b.start) && memcmp(a.start, b.start, length) == 0;
}

/* Words that make rows of one condition rows of another too. */
static bool is_loose(const struct kg_token *token)
{
	return kg_token_is(token, "or") || kg_token_is(token, "not") || kg_token_is(token, "else") ||
	       kg_token_sign(token, '<') || kg_token_sign(token, '>') || kg_token_sign(token, '!');
}

/* The same text but for what a column equals (`id = 'F15'`, `id = 'F16'`) picks other rows. */
static bool picks_other_rows(struct kg_span a, struct kg_span b)
{
	bool equals = false, differs = false;

	for (;;) {
		struct kg_token one = kg_token_next(&a.start, a.end), other = kg_token_next(&b.start, b.end);
		bool same = one.kind == other.kind && one.length == other.length &&
			    memcmp(one.start, other.start, one.length) == 0;
		bool literal = one.kind == other.kind && (one.kind == KG_TOKEN_TEXT || one.kind == KG_TOKEN_NUMBER);

		if (is_loose(&one) || (!same && !(equals && literal)))
			return false;
		if (one.kind == KG_TOKEN_END)
			return differs;
		differs |= !same;
		equals = kg_token_sign(&one, '=');
	}
}

static bool shares_column(const struct kg_range_parser *parser, struct kg_span a, struct kg_span b)
{
	for (size_t i = 0; i < parser->bounded->count; i++) {
		const struct kg_names one = { &parser->bounded->name[i], 1 };

		if (kg_range_names(a, &one) && kg_range_names(b, &one))
			return true;
	}
	return false;
}

struct kg_range_node *kg_range_variable(struct kg_range_parser *parser, struct kg_span text, const char *low,
					const char *high)
{
	struct kg_range_node *node;
	size_t v = 0;

	if (!kg_range_names(text, parser->bounded))
		return kg_range_leaf(parser, text);
	for (; v < parser->nvariable && !is_same(parser->variable[v].text, text); v++)
		if (shares_column(parser, parser->variable[v].text, text) &&
		    !picks_other_rows(parser->variable[v].text, text))
			return kg_range_fail(parser);
	if (v == KG_RANGE_VARIABLES || !low || !high)
		return kg_range_fail(parser);
	if (v == parser->nvariable)
		parser->variable[parser->nvariable++] = (struct kg_range_variable){ text, low, high };
	node = make_node(parser, KG_RANGE_VARIABLE);
	if (node) {
		node->variable = v;
		node->top[v] = 1;
	}
	return node;
}

struct kg_range_node *kg_range_negate(struct kg_range_parser *parser, const struct kg_range_node *of)
{
	struct kg_range_node *node = of ? make_node(parser, KG_RANGE_NEGATE) : NULL;

	if (!node)
		return kg_range_fail(parser);
	memcpy(node->top, of->top, sizeof node->top);
	memcpy(node->bottom, of->bottom, sizeof node->bottom);
	node->left = of;
	return node;
}

static bool has_variables(const struct kg_range_node *node)
{
	for (size_t v = 0; v < KG_RANGE_VARIABLES; v++)
		if (node->top[v] || node->bottom[v])
			return true;
	return false;
}

static unsigned char find_larger(int a, int b)
{
	return (unsigned char)(a > b ? a : b);
}

/* Degrees of the result as one quotient. */
static void combine(struct kg_range_node *node)
{
	const struct kg_range_node *a = node->left, *b = node->right;

	for (size_t v = 0; v < KG_RANGE_VARIABLES; v++) {
		bool divides = node->sign == '/';
		int top = divides ? b->bottom[v] : b->top[v], bottom = divides ? b->top[v] : b->bottom[v];

		node->top[v] = node->sign == '+' || node->sign == '-'
				   ? find_larger(a->top[v] + bottom, top + a->bottom[v])
				   : (unsigned char)(a->top[v] + top);
		node->bottom[v] = (unsigned char)(a->bottom[v] + bottom);
	}
}

static struct kg_range_node *make_binary(struct kg_range_parser *parser, char sign, const struct kg_range_node *left,
					 const struct kg_range_node *right)
{
	struct kg_range_node *node = left && right ? make_node(parser, KG_RANGE_BINARY) : NULL;

	if (!node)
		return kg_range_fail(parser);
	node->sign = sign;
	node->left = left;
	node->right = right;
	combine(node);
	for (size_t v = 0; v < KG_RANGE_VARIABLES; v++)
		if (node->top[v] > 1 || node->bottom[v] > 1)
			return kg_range_fail(parser);
	if (sign == '/' && has_variables(right)) {
		if (parser->ndenominator == KG_RANGE_DENOMINATORS)
			return kg_range_fail(parser);
		parser->denominator[parser->ndenominator++] = right;
	}
	return node;
}

static bool take_either(struct kg_range_parser *parser, char one, char other, char *sign)
{
	const char *at = parser->at;
	struct kg_token token = kg_token_next(&at, parser->end);

	if (!kg_token_sign(&token, one) && !kg_token_sign(&token, other))
		return false;
	*sign = *token.start;
	parser->at = at;
	return true;
}

static struct kg_range_node *read_product(struct kg_range_parser *parser)
{
	struct kg_range_node *node = kg_range_factor(parser);
	char sign;

	while (!parser->failed && take_either(parser, '*', '/', &sign))
		node = make_binary(parser, sign, node, kg_range_factor(parser));
	return node;
}

struct kg_range_node *kg_range_sum(struct kg_range_parser *parser)
{
	struct kg_range_node *node = read_product(parser);
	char sign;

	while (!parser->failed && take_either(parser, '+', '-', &sign))
		node = make_binary(parser, sign, node, read_product(parser));
	return node;
}

bool kg_range_is_plain(const struct kg_range_node *node)
{
	return node->kind == KG_RANGE_VARIABLE;
}

/* The expression at a corner: bit v of `corner` is set where variable v is at its high end. */
static void add_corner(const struct kg_range_parser *parser, const struct kg_range_node *node, unsigned corner,
		       struct kg_buffer *sql)
{
	const struct kg_range_variable *variable = &parser->variable[node->variable];
	bool product = node->sign == '*' && has_variables(node), over = node->sign == '/' && has_variables(node);

	switch (node->kind) {
	case KG_RANGE_LEAF:
		kg_buffer_add_n(sql, node->text.start, (size_t)(node->text.end - node->text.start));
		break;
	case KG_RANGE_VARIABLE:
		kg_buffer_printf(sql, "kg_far(%s)", corner >> node->variable & 1 ? variable->high : variable->low);
		break;
	case KG_RANGE_NEGATE:
		kg_buffer_add(sql, "(- ");
		add_corner(parser, node->left, corner, sql);
		kg_buffer_add_char(sql, ')');
		break;
	case KG_RANGE_BINARY:
		kg_buffer_add(sql, product ? "kg_times(" : over ? "kg_over(" : "(");
		add_corner(parser, node->left, corner, sql);
		kg_buffer_printf(sql, " %c ", product || over ? ',' : node->sign);
		add_corner(parser, node->right, corner, sql);
		kg_buffer_add_char(sql, ')');
		break;
	}
}

static void add_corners(const struct kg_range_parser *parser, const struct kg_range_node *node, const char *function,
			struct kg_buffer *sql)
{
	kg_buffer_add(sql, function);
	for (unsigned corner = 0; corner < 1U << parser->nvariable; corner++) {
		kg_buffer_add(sql, corner ? ", " : "(");
		add_corner(parser, node, corner, sql);
	}
	kg_buffer_add_char(sql, ')');
}

const char *kg_range_end(struct kg_range_parser *parser, const struct kg_range_node *node, bool high)
{
	struct kg_buffer sql = kg_buffer_new(parser->arena);

	if (kg_range_is_plain(node))
		return high ? parser->variable[node->variable].high : parser->variable[node->variable].low;
	kg_buffer_add(&sql, "CASE");
	for (size_t i = 0; i < parser->ndenominator; i++) { /* a bottom that may be 0 within the box: no ends */
		kg_buffer_add(&sql, i ? " OR (" : " WHEN (");
		add_corners(parser, parser->denominator[i], "kg_lowest", &sql);
		kg_buffer_add(&sql, " < 0 AND ");
		add_corners(parser, parser->denominator[i], "kg_highest", &sql);
		kg_buffer_add(&sql, " >= 0)");
	}
	kg_buffer_add(&sql, parser->ndenominator ? " THEN NULL ELSE " : " WHEN 1 THEN ");
	add_corners(parser, node, high ? "kg_highest" : "kg_lowest", &sql);
	kg_buffer_add(&sql, " END");
	return sql.failed || sql.length > KG_RANGE_LENGTH ? NULL : sql.text;
}
