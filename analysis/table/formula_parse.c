#include <string.h>

#include "base/text.h"
#include "table/formula_parser.h"

/* Far more terms than a table has use for; a^20 of many columns would not end. */
#define TERMS_MOST 512

/* Right-hand side while it is read: sets of variables, in order of appearance. */
struct terms {
	uint64_t *term;
	size_t count;
	int intercept; /* 1 asked for, -1 taken away, 0 not said */
};

static enum kg_status add_term(struct kg_parser *parser, struct terms *terms, uint64_t term)
{
	uint64_t *grown;

	for (size_t i = 0; i < terms->count; i++)
		if (terms->term[i] == term)
			return KG_OK;
	if (terms->count == TERMS_MOST)
		return kg_error_set(parser->error, KG_EUSAGE, "formula: more than %d terms", TERMS_MOST);
	grown =
	    kg_arena_grow(parser->arena, terms->term, terms->count * sizeof *grown, (terms->count + 1) * sizeof *grown);
	if (!grown)
		return kg_error_memory(parser->error);
	grown[terms->count++] = term;
	terms->term = grown;
	return KG_OK;
}

static enum kg_status add_terms(struct kg_parser *parser, struct terms *terms, const struct terms *more)
{
	for (size_t i = 0; i < more->count; i++)
		KG_TRY(add_term(parser, terms, more->term[i]));
	if (more->intercept != 0)
		terms->intercept = more->intercept;
	return KG_OK;
}

static void remove_terms(struct terms *terms, const struct terms *less)
{
	for (size_t j = 0; j < less->count; j++)
		for (size_t i = 0; i < terms->count; i++)
			if (terms->term[i] == less->term[j]) {
				memmove(&terms->term[i], &terms->term[i + 1],
					(--terms->count - i) * sizeof terms->term[0]);
				break;
			}
	if (less->intercept != 0)
		terms->intercept = -less->intercept;
}

/* a := a:b, or a + b + a:b when `whole`. */
static enum kg_status cross_terms(struct kg_parser *parser, struct terms *a, const struct terms *b, bool whole)
{
	struct terms product = { 0 };

	if (a->intercept != 0 || b->intercept != 0)
		return kg_error_set(parser->error, KG_EUSAGE,
				    "formula: 0 and 1 stand for the intercept and cannot be multiplied; "
				    "write a calculation as I(...)");
	if (whole) {
		KG_TRY(add_terms(parser, &product, a));
		KG_TRY(add_terms(parser, &product, b));
	}
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			KG_TRY(add_term(parser, &product, a->term[i] | b->term[j]));
	*a = product;
	return KG_OK;
}

static enum kg_status take_terms(struct kg_parser *parser, struct terms *terms);

static enum kg_status take_atom(struct kg_parser *parser, struct terms *terms)
{
	size_t variable;

	*terms = (struct terms){ 0 };
	if (kg_parser_take(parser, '(')) {
		KG_TRY(kg_parser_deeper(parser));
		KG_TRY(take_terms(parser, terms));
		parser->depth--;
		return kg_parser_take(parser, ')') ? KG_OK : kg_parser_unexpected(parser, "')'");
	}
	if (kg_parser_peek(parser) == '0' || kg_parser_peek(parser) == '1') {
		terms->intercept = *parser->at++ == '1' ? 1 : -1;
		return *parser->at && strchr("0123456789.", *parser->at)
			   ? kg_parser_unexpected(parser, "no number but 0 or 1; write a calculation as I(...)")
			   : KG_OK;
	}
	KG_TRY(kg_parser_variable(parser, &variable));
	return add_term(parser, terms, UINT64_C(1) << variable);
}

static enum kg_status take_crossed_power(struct kg_parser *parser, struct terms *terms)
{
	struct terms base;
	int degree;

	KG_TRY(take_atom(parser, terms));
	if (!kg_parser_take(parser, '^'))
		return KG_OK;
	degree = kg_parser_peek(parser) - '0';
	if (degree < 1 || degree > 9)
		return kg_parser_unexpected(parser, "a whole number from 1 to 9; a power is written I(x^2)");
	parser->at++;
	base = *terms;
	for (int i = 1; i < degree; i++)
		KG_TRY(cross_terms(parser, terms, &base, true));
	return KG_OK;
}

static enum kg_status take_interaction(struct kg_parser *parser, struct terms *terms)
{
	struct terms next;

	KG_TRY(take_crossed_power(parser, terms));
	while (kg_parser_take(parser, ':')) {
		KG_TRY(take_crossed_power(parser, &next));
		KG_TRY(cross_terms(parser, terms, &next, false));
	}
	return KG_OK;
}

static enum kg_status take_crossing(struct kg_parser *parser, struct terms *terms)
{
	struct terms next;

	KG_TRY(take_interaction(parser, terms));
	while (kg_parser_take(parser, '*')) {
		KG_TRY(take_interaction(parser, &next));
		KG_TRY(cross_terms(parser, terms, &next, true));
	}
	if (kg_parser_peek(parser) == '/')
		return kg_parser_unexpected(parser, "'+', ':' or '*'; a ratio is written I(a/b)");
	return KG_OK;
}

static enum kg_status take_terms(struct kg_parser *parser, struct terms *terms)
{
	struct terms next;
	char sign = '+';

	*terms = (struct terms){ 0 };
	if (kg_parser_peek(parser) == '-' || kg_parser_peek(parser) == '+')
		sign = *parser->at++;
	for (;;) {
		KG_TRY(take_crossing(parser, &next));
		if (sign == '+')
			KG_TRY(add_terms(parser, terms, &next));
		else
			remove_terms(terms, &next);
		if (kg_parser_peek(parser) != '+' && kg_parser_peek(parser) != '-')
			return KG_OK;
		sign = *parser->at++;
	}
}

/* Main effects first, then products of two and so on, each in order of appearance. */
static void order_terms(struct terms *terms)
{
	for (size_t i = 1; i < terms->count; i++) {
		uint64_t term = terms->term[i];
		size_t j = i;

		for (; j > 0 && __builtin_popcountll(terms->term[j - 1]) > __builtin_popcountll(term); j--)
			terms->term[j] = terms->term[j - 1];
		terms->term[j] = term;
	}
}

static enum kg_status finish_right(struct kg_parser *parser, struct terms *terms)
{
	struct kg_formula *formula = parser->formula;

	if (kg_parser_peek(parser) != '\0')
		return kg_parser_unexpected(parser, "'+', '-', ':', '*' or the end");
	for (size_t i = 0; i < formula->nvariable; i++)
		if (strcmp(formula->variable[i].name, formula->outcome) == 0)
			return kg_error_set(parser->error, KG_EUSAGE,
					    "formula: '%s' is the outcome and cannot stand on the right as well",
					    formula->outcome);
	formula->intercept = terms->intercept >= 0;
	if (terms->count == 0 && !formula->intercept)
		return kg_error_set(parser->error, KG_EUSAGE, "formula '%s' has neither an intercept nor a covariate",
				    parser->text);
	order_terms(terms);
	formula->term = terms->term;
	formula->nterm = terms->count;
	return KG_OK;
}

enum kg_status kg_formula_parse(const char *text, struct kg_arena *arena, const struct kg_formula **out,
				struct kg_error *error)
{
	struct kg_parser parser = { text, text, 0, arena, KG_NEW(arena, struct kg_formula), error };
	struct terms terms;
	size_t length = strlen(text);

	if (!parser.formula)
		return kg_error_memory(error);
	if (kg_text_invalid_at(text, length) != length)
		return kg_error_set(error, KG_EUSAGE, "formula: the text is not valid UTF-8");
	if (kg_parser_peek(&parser) == '~')
		return kg_parser_unexpected(&parser, "the outcome before it, as in 'y ~ x'");
	KG_TRY(kg_parser_expression(&parser, &parser.formula->value));
	parser.formula->outcome = kg_node_name(parser.formula, parser.formula->value, arena);
	if (!parser.formula->outcome)
		return kg_error_memory(error);
	if (!kg_parser_take(&parser, '~'))
		return kg_parser_unexpected(&parser, "'~' after the outcome, as in 'y ~ x'");
	KG_TRY(take_terms(&parser, &terms));
	KG_TRY(finish_right(&parser, &terms));
	*out = parser.formula;
	return KG_OK;
}

enum kg_status kg_formula_columns(const char *text, struct kg_arena *arena, const char *const **name, size_t *count,
				  struct kg_error *error)
{
	const struct kg_formula *formula;

	KG_TRY(kg_formula_parse(text, arena, &formula, error));
	*name = formula->column;
	*count = formula->ncolumn;
	return KG_OK;
}
