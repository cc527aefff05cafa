#include "table/query_range.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "table/query_range_tree.h"

/* Functions that never fall when an argument rises: of one row, and of many. */
static const char *const rising[] = { "sqrt", "exp",	 "ln",	  "log",      "log10",	"log2", "round", "floor",
				      "ceil", "ceiling", "trunc", "coalesce", "ifnull", "min",	"max",	 NULL };
static const char *const folding[] = { "sum", "avg", "total", "min", "max", "median", NULL };

static bool is_among(const struct kg_token *token, const char *const *list)
{
	for (; *list; list++)
		if (kg_token_names(token, *list))
			return true;
	return false;
}

const char *kg_range_names(struct kg_span text, const struct kg_names *bounded)
{
	const char *at = text.start;
	bool alias = false;

	for (struct kg_token token = kg_token_next(&at, text.end); token.kind != KG_TOKEN_END;
	     token = kg_token_next(&at, text.end)) {
		for (size_t i = 0; !alias && i < bounded->count; i++)
			if (kg_token_names(&token, bounded->name[i]))
				return bounded->name[i];
		alias = kg_token_is(&token, "as");
	}
	return NULL;
}

static struct kg_token peek(const struct kg_range_parser *parser)
{
	const char *at = parser->at;

	return kg_token_next(&at, parser->end);
}

static struct kg_token take(struct kg_range_parser *parser)
{
	return kg_token_next(&parser->at, parser->end);
}

static bool take_sign(struct kg_range_parser *parser, char sign)
{
	struct kg_token token = peek(parser);

	if (!kg_token_sign(&token, sign))
		return false;
	take(parser);
	return true;
}

static bool take_word(struct kg_range_parser *parser, const char *word)
{
	struct kg_token token = peek(parser);

	if (!kg_token_is(&token, word))
		return false;
	take(parser);
	return true;
}

/* Skips to the sign or word that closes what was opened, past what is nested in between. False: it does not come. */
static bool skip_to(struct kg_range_parser *parser, const char *stop, const char *other)
{
	int depth = 0;

	for (;;) {
		struct kg_token token = peek(parser);

		if (token.kind == KG_TOKEN_END)
			return false;
		if (depth == 0 && (kg_token_is(&token, stop) || (other && kg_token_is(&token, other)) ||
				   kg_token_sign(&token, *stop)))
			return true;
		depth += kg_token_sign(&token, '(') || kg_token_is(&token, "case");
		depth -= kg_token_sign(&token, ')') || kg_token_is(&token, "end");
		if (depth < 0)
			return false;
		take(parser);
	}
}

static enum kg_carried find_ends(struct kg_span text, const struct kg_range_parser *outer, struct kg_range_sql *range);

/* A part whose two ends are texts of their own: the outer expression sees it as one figure. */
static struct kg_range_node *make_opaque(struct kg_range_parser *parser, const char *start,
					 const struct kg_buffer end[2])
{
	if (end[0].failed || end[1].failed)
		return kg_range_fail(parser);
	return kg_range_variable(parser, (struct kg_span){ start, parser->at }, end[0].text, end[1].text);
}

/* Reads the text as an expression of its own and appends its ends. False: it has none. */
static bool add_ends(struct kg_range_parser *parser, struct kg_span text, bool rows, struct kg_buffer end[2])
{
	struct kg_range_sql inner;
	enum kg_carried carried = find_ends(text, parser, &inner);

	if (carried == KG_CARRIED_LOST || (rows && inner.aggregates && inner.bare))
		return false;
	parser->aggregates |= !rows && inner.aggregates;
	parser->bare |= !rows && inner.bare;
	for (int k = 0; k < 2; k++) {
		const char *one = k ? inner.high : inner.low;

		if (carried == KG_CARRIED)
			kg_buffer_add(&end[k], one);
		else
			kg_buffer_add_n(&end[k], text.start, (size_t)(text.end - text.start));
	}
	return true;
}

static void add_both(struct kg_buffer end[2], const char *start, const char *stop)
{
	kg_buffer_add_n(&end[0], start, (size_t)(stop - start));
	kg_buffer_add_n(&end[1], start, (size_t)(stop - start));
}

/* Arguments up to the closing bracket, which is taken. */
static bool add_arguments(struct kg_range_parser *parser, bool rows, struct kg_buffer end[2])
{
	do {
		const char *start = parser->at;

		if (!skip_to(parser, ",", NULL)) {
			parser->at = start;
			if (!skip_to(parser, ")", NULL))
				return false;
		}
		if (!add_ends(parser, (struct kg_span){ start, parser->at }, rows, end))
			return false;
		start = parser->at;
		take(parser);
		add_both(end, start, parser->at);
	} while (parser->at[-1] == ',');
	return true;
}

/* FILTER (...) and OVER (...), which may not depend on bounds. */
static bool skip_window(struct kg_range_parser *parser)
{
	while (take_word(parser, "filter") || take_word(parser, "over")) {
		if (!take_sign(parser, '(') || !skip_to(parser, ")", NULL))
			return false;
		take(parser);
	}
	return true;
}

static size_t count_arguments(const struct kg_range_parser *parser)
{
	struct kg_range_parser copy = *parser;
	size_t count = 1;

	while (skip_to(&copy, ",", NULL)) {
		take(&copy);
		count++;
	}
	return count;
}

static struct kg_range_node *read_function(struct kg_range_parser *parser, const struct kg_token *name,
					   const char *start)
{
	struct kg_buffer end[2] = { kg_buffer_new(parser->arena), kg_buffer_new(parser->arena) };
	const char *suffix;
	bool rows = is_among(name, folding) && count_arguments(parser) == 1, counts = kg_token_names(name, "count");
	struct kg_span inside;

	inside.start = parser->at;
	if (!rows && !is_among(name, rising)) {
		if (!skip_to(parser, ")", NULL))
			return kg_range_fail(parser);
		inside.end = parser->at;
		take(parser);
		if (!skip_window(parser) || (!counts && kg_range_names(inside, parser->bounded)))
			return kg_range_fail(parser);
		parser->aggregates |= counts;
		return kg_range_leaf(parser, (struct kg_span){ start, parser->at });
	}
	add_both(end, start, parser->at);
	if (!add_arguments(parser, rows, end))
		return kg_range_fail(parser);
	suffix = parser->at;
	if (!skip_window(parser) || kg_range_names((struct kg_span){ suffix, parser->at }, parser->bounded))
		return kg_range_fail(parser);
	parser->aggregates |= rows && suffix == parser->at;
	add_both(end, suffix, parser->at);
	return make_opaque(parser, start, end);
}

/* Copies the text up to a keyword, which is taken too; the text may not depend on bounds. */
static bool add_condition(struct kg_range_parser *parser, const char *start, const char *stop, struct kg_buffer end[2])
{
	if (!skip_to(parser, stop, NULL) || kg_range_names((struct kg_span){ start, parser->at }, parser->bounded))
		return false;
	take(parser);
	add_both(end, start, parser->at);
	return true;
}

static bool add_branch(struct kg_range_parser *parser, struct kg_buffer end[2])
{
	const char *start = parser->at;
	struct kg_range_parser copy = *parser;

	if (!skip_to(parser, "when", "else")) {
		*parser = copy;
		if (!skip_to(parser, "end", NULL))
			return false;
	}
	kg_buffer_add_char(&end[0], ' ');
	kg_buffer_add_char(&end[1], ' ');
	if (!add_ends(parser, (struct kg_span){ start, parser->at }, false, end))
		return false;
	kg_buffer_add_char(&end[0], ' ');
	kg_buffer_add_char(&end[1], ' ');
	return true;
}

/* CASE [x] WHEN c THEN a ... [ELSE b] END; CASE is taken. */
static struct kg_range_node *read_case(struct kg_range_parser *parser, const char *start)
{
	struct kg_buffer end[2] = { kg_buffer_new(parser->arena), kg_buffer_new(parser->arena) };
	const char *from = start;

	for (;;) {
		struct kg_token token = peek(parser);

		if (kg_token_is(&token, "end"))
			break;
		if (take_word(parser, "else"))
			add_both(end, token.start, parser->at);
		else if (!add_condition(parser, from, "then", end))
			return kg_range_fail(parser);
		if (!add_branch(parser, end))
			return kg_range_fail(parser);
		from = parser->at;
	}
	take(parser);
	kg_buffer_add(&end[0], "END");
	kg_buffer_add(&end[1], "END");
	return make_opaque(parser, start, end);
}

/* CAST(x AS type); the bracket is taken. */
static struct kg_range_node *read_cast(struct kg_range_parser *parser, const char *start)
{
	struct kg_buffer end[2] = { kg_buffer_new(parser->arena), kg_buffer_new(parser->arena) };
	const char *from = parser->at;

	add_both(end, start, from);
	if (!skip_to(parser, "as", NULL) || !add_ends(parser, (struct kg_span){ from, parser->at }, false, end))
		return kg_range_fail(parser);
	from = parser->at;
	if (!skip_to(parser, ")", NULL))
		return kg_range_fail(parser);
	take(parser);
	kg_buffer_add_char(&end[0], ' ');
	kg_buffer_add_char(&end[1], ' ');
	add_both(end, from, parser->at);
	return make_opaque(parser, start, end);
}

/* (SELECT x FROM ...), of which the bracket and SELECT are taken. */
static struct kg_range_node *read_query(struct kg_range_parser *parser, const char *start)
{
	struct kg_buffer end[2] = { kg_buffer_new(parser->arena), kg_buffer_new(parser->arena) };
	const char *from = parser->at;

	add_both(end, start, from);
	kg_buffer_add_char(&end[0], ' ');
	kg_buffer_add_char(&end[1], ' ');
	if (!skip_to(parser, "from", NULL) || !add_ends(parser, (struct kg_span){ from, parser->at }, true, end))
		return kg_range_fail(parser);
	from = parser->at;
	if (!skip_to(parser, ")", NULL) || kg_range_names((struct kg_span){ from, parser->at }, parser->bounded))
		return kg_range_fail(parser);
	take(parser);
	kg_buffer_add_char(&end[0], ' ');
	kg_buffer_add_char(&end[1], ' ');
	add_both(end, from, parser->at);
	return make_opaque(parser, start, end);
}

/* A column, of which the first name is taken: name, table.name. */
static struct kg_range_node *read_column(struct kg_range_parser *parser, struct kg_token name, const char *start)
{
	struct kg_span table = { start, start }, whole;

	while (take_sign(parser, '.')) {
		table.end = parser->at;
		name = take(parser);
		if (name.kind != KG_TOKEN_NAME)
			return kg_range_fail(parser);
	}
	whole = (struct kg_span){ start, parser->at };
	for (size_t i = 0; i < parser->bounded->count; i++) {
		const char *column = parser->bounded->name[i];
		int length = (int)(table.end - table.start);

		if (!kg_token_names(&name, column))
			continue;
		parser->bare = true;
		parser->ncolumn++;
		return kg_range_variable(
		    parser, whole, kg_arena_format(parser->arena, "%.*s\"%s_low\"", length, table.start, column),
		    kg_arena_format(parser->arena, "%.*s\"%s_high\"", length, table.start, column));
	}
	return kg_range_leaf(parser, whole);
}

static struct kg_range_node *read_bracket(struct kg_range_parser *parser, const char *start)
{
	struct kg_range_node *inside;

	if (take_word(parser, "select"))
		return read_query(parser, start);
	inside = kg_range_sum(parser);
	return take_sign(parser, ')') ? inside : kg_range_fail(parser);
}

static struct kg_range_node *read_factor(struct kg_range_parser *parser)
{
	struct kg_token token = take(parser);
	const char *start = token.start - token.quoted;

	if (kg_token_sign(&token, '('))
		return read_bracket(parser, start);
	if (kg_token_sign(&token, '-'))
		return kg_range_negate(parser, kg_range_factor(parser));
	if (kg_token_sign(&token, '+'))
		return kg_range_factor(parser);
	if (token.kind == KG_TOKEN_NUMBER || token.kind == KG_TOKEN_TEXT)
		return kg_range_leaf(parser, (struct kg_span){ start, parser->at });
	if (token.kind != KG_TOKEN_NAME)
		return kg_range_fail(parser);
	if (kg_token_is(&token, "case"))
		return read_case(parser, start);
	if (!take_sign(parser, '('))
		return read_column(parser, token, start);
	return kg_token_is(&token, "cast") ? read_cast(parser, start) : read_function(parser, &token, start);
}

struct kg_range_node *kg_range_factor(struct kg_range_parser *parser)
{
	struct kg_range_node *node;

	if (parser->depth > KG_RANGE_DEPTH)
		return kg_range_fail(parser);
	parser->depth++;
	node = read_factor(parser);
	parser->depth--;
	return node;
}

static enum kg_carried find_ends(struct kg_span text, const struct kg_range_parser *outer, struct kg_range_sql *range)
{
	struct kg_range_parser parser = { .at = text.start,
					  .end = text.end,
					  .bounded = outer->bounded,
					  .arena = outer->arena,
					  .depth = outer->depth + 1 };
	struct kg_range_node *node;

	*range = (struct kg_range_sql){ .column = kg_range_names(text, outer->bounded) };
	node = kg_range_sum(&parser);
	range->aggregates = parser.aggregates;
	range->bare = parser.bare;
	if (!range->column)
		return KG_CARRIED_NOT_NEEDED;
	if (!node || parser.failed || peek(&parser).kind != KG_TOKEN_END)
		return KG_CARRIED_LOST;
	if (!parser.nvariable) /* counts them only */
		return KG_CARRIED_NOT_NEEDED;
	range->plain = kg_range_is_plain(node) && parser.ncolumn == 1;
	range->low = kg_range_end(&parser, node, false);
	range->high = kg_range_end(&parser, node, true);
	return range->low && range->high ? KG_CARRIED : KG_CARRIED_LOST;
}

enum kg_carried kg_range_expression(struct kg_span text, const struct kg_names *bounded, struct kg_arena *arena,
				    struct kg_range_sql *range)
{
	struct kg_range_parser start = { .bounded = bounded, .arena = arena };

	return find_ends(text, &start, range);
}
