#include "notebook/claim.h"

#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "notebook/rewrite.h"

static const char *const signs[] = { " <= ", " >= ", " == ", " != ", " < ", " > " };

struct side {
	double number;
	const char *text; /* where it is no number */
	bool is_number, missing;
};

static bool test(const char *sign, double left, double right)
{
	if (strcmp(sign, " <= ") == 0)
		return left <= right;
	if (strcmp(sign, " >= ") == 0)
		return left >= right;
	if (strcmp(sign, " == ") == 0)
		return left == right;
	if (strcmp(sign, " != ") == 0)
		return left != right;
	return strcmp(sign, " < ") == 0 ? left < right : left > right;
}

static bool is_equality(const char *sign)
{
	return strcmp(sign, " == ") == 0 || strcmp(sign, " != ") == 0;
}

/* A condition starts with an address: letters, then [ or . */
static bool is_condition(const char *line)
{
	size_t name = strcspn(line, " [.");

	return line[name] == '[' || (line[name] == '.' && line[name + 1] && line[name + 1] != ' ');
}

/* Past the cells of the address that a line starts with, in whose quotes a sign may stand. */
static const char *skip_cells(const char *line)
{
	const char *at = line + strcspn(line, " [.");
	bool quoted = false;

	if (*at != '[')
		return line;
	for (; *at && (quoted || *at != ']'); at++)
		quoted ^= *at == '"';
	return at;
}

/* The first sign between blanks; NULL = none. */
static const char *find_sign(const char *line, const char **sign)
{
	const char *from = skip_cells(line), *first = NULL;

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		const char *at = strstr(from, signs[i]);

		if (!at || (first && at > first))
			continue;
		first = at;
		*sign = signs[i];
	}
	return first;
}

/* An address with cells somewhere in the line: a letter or digit, [, ], a point and a letter. */
static bool has_address(const char *line)
{
	for (const char *at = line; (at = strchr(at, '[')); at++) {
		const char *close = strstr(at, "].");

		if (at > line && isalnum((unsigned char)at[-1]) && close && isalpha((unsigned char)close[2]))
			return true;
	}
	return false;
}

/* What stands after the sign: a number, a text in double quotes, an address. */
static enum kg_status read_right(const char *at, struct kg_arena *arena, struct kg_claim *claim, struct kg_error *error)
{
	size_t length = strlen(at);

	if (kg_number_parse(at, length, '.', 0, &claim->number) == KG_PARSED)
		return KG_OK;
	if (length >= 2 && *at == '"' && at[length - 1] == '"') {
		claim->text = kg_arena_text_n(arena, at + 1, length - 2);
		return claim->text ? KG_OK : kg_error_memory(error);
	}
	claim->right_is_value = true;
	if (is_condition(at) && !strstr(at, " and ") && !strstr(at, " AND "))
		return kg_value_parse(at, arena, &claim->right, error);
	return kg_error_set(error, KG_EDATA,
			    "'%s' is no number, no text in double quotes and no address of a value; write one condition "
			    "a line, such as 'block[column=cell].column > 0'",
			    at);
}

enum kg_status kg_claim_parse(const char *line, struct kg_arena *arena, struct kg_claim *claim, struct kg_error *error)
{
	const char *at, *left;

	*claim = (struct kg_claim){ 0 };
	at = find_sign(line, &claim->sign);
	if (!at || !is_condition(line)) {
		claim->sign = NULL;
		if (!has_address(line))
			return KG_OK;
		return kg_error_set(error, KG_EDATA,
				    "'%s' has the address of a value and is no condition; write the address, a blank, "
				    "one of < <= > >= == !=, a blank and a number",
				    line);
	}
	left = kg_arena_text_n(arena, line, (size_t)(at - line));
	if (!left)
		return kg_error_memory(error);
	KG_TRY(kg_value_parse(left, arena, &claim->left, error));
	return read_right(at + strlen(claim->sign), arena, claim, error);
}

static enum kg_status find_side(const struct kg_engine *engine, const struct kg_value *value, struct side *side,
				struct kg_error *error)
{
	size_t block = kg_book_find(engine->book, value->block, strlen(value->block)), row = 0;
	const struct kg_table *table = engine->outcome[block].table;
	const struct kg_column *column;

	*side = (struct side){ .is_number = true };
	if (!table)
		return kg_error_set(error, KG_EDATA, "the block '#%s' has no table", value->block);
	KG_TRY(kg_value_find(value, table, engine->arena, &column, &row, error));
	side->missing = column && kg_column_missing(column, row);
	side->is_number = !column || column->type != KG_TEXT;
	if (!side->is_number)
		side->text = side->missing ? "" : kg_column_text(column, row);
	else if (!side->missing)
		side->number = (column ? kg_column_real(column, row) : (double)table->nrow) * value->times;
	return KG_OK;
}

/* Two numbers, or two texts that are the same or not. */
static enum kg_status compare(const struct kg_claim *claim, const struct side *left, const struct side *right,
			      bool *holds, struct kg_error *error)
{
	*holds = false;
	if (left->is_number && right->is_number) {
		*holds = !left->missing && !right->missing && test(claim->sign, left->number, right->number);
		return KG_OK;
	}
	if (!left->text || !right->text)
		return kg_error_set(error, KG_EDATA,
				    "'%s' of '%s' is %s; compare a text with a text in double quotes, a number with a "
				    "number",
				    claim->left.column, claim->left.block,
				    left->is_number ? "a number" : "no number");
	if (!is_equality(claim->sign))
		return kg_error_set(error, KG_EDATA, "'%s' of '%s' is a text; compare it with == or !=",
				    claim->left.column, claim->left.block);
	*holds = !left->missing && !right->missing &&
		 (strcmp(left->text, right->text) == 0) == (strcmp(claim->sign, " == ") == 0);
	return KG_OK;
}

/* One condition: adds `condition: 0.12 > 0` to `shown`; an empty cell never holds. */
static enum kg_status test_line(const struct kg_engine *engine, const char *line, const struct kg_claim *claim,
				struct kg_buffer *shown, bool *holds, struct kg_error *error)
{
	struct kg_style style = kg_engine_style(engine->book);
	const char *text;
	struct side left, right = { .number = claim->number, .text = claim->text, .is_number = !claim->text };

	KG_TRY(find_side(engine, &claim->left, &left, error));
	if (claim->right_is_value)
		KG_TRY(find_side(engine, &claim->right, &right, error));
	KG_TRY(compare(claim, &left, &right, holds, error));
	text = left.is_number ? "" : kg_rewrite_quote(left.text, true, engine->arena);
	if (!text)
		return kg_error_memory(error);
	kg_buffer_printf(shown, strchr(line, '`') ? "%s`` %s ``: " : "%s`%s`: ", shown->length ? "; " : "", line);
	if (left.missing || right.missing)
		kg_buffer_add(shown, "—");
	else if (left.is_number)
		kg_number_display(shown, left.number, style.digits, style.language);
	else
		kg_buffer_add(shown, text);
	return KG_OK;
}

/* A line such as q.nrow>3, which would be taken for the sentence. */
static bool names_block(const struct kg_book *book, const char *line)
{
	return is_condition(line) && kg_book_find(book, line, strcspn(line, " [.")) < book->nblock;
}

enum kg_status kg_claim_run(const struct kg_engine *engine, size_t index, struct kg_outcome *outcome,
			    struct kg_error *error)
{
	const struct kg_book_block *block = &engine->book->block[index];
	enum kg_language language = kg_engine_style(engine->book).language;
	bool tested = false;
	struct kg_buffer sentence = kg_buffer_new(engine->arena), shown = kg_buffer_new(engine->arena);
	struct kg_claim claim;

	for (size_t i = 0; i < block->ncommand; i++) {
		const char *line = block->command[i].text;
		bool holds = true;

		if (kg_claim_parse(line, engine->arena, &claim, error) != KG_OK ||
		    (claim.sign && test_line(engine, line, &claim, &shown, &holds, error) != KG_OK))
			return kg_book_refuse(engine->book, block->command[i].line, error, "%s", error->what);
		tested |= claim.sign != NULL;
		outcome->fails |= !holds;
		if (!claim.sign && names_block(engine->book, line))
			return kg_book_refuse(engine->book, block->command[i].line, error,
					      "'%s' starts with the id of a block and is no condition; write one such as "
					      "'%.*s.nrow > 3', with blanks around the sign",
					      line, (int)strcspn(line, " [."), line);
		if (!claim.sign)
			kg_buffer_printf(&sentence, "%s%s", sentence.length ? " " : "", line);
	}
	if (!tested)
		return kg_book_refuse(
		    engine->book, block->line, error,
		    "the claim '#%s' has no condition; write one such as 'block[column=cell].column > 0'", block->id);
	outcome->content =
	    kg_arena_format(engine->arena, "\n**%s:** %s (%s)\n",
			    outcome->fails ? kg_translate(language, "Does not hold") : kg_translate(language, "Holds"),
			    sentence.text, shown.text);
	return outcome->content ? KG_OK : kg_error_memory(error);
}
