#include "notebook/claim.h"

#include <string.h>

#include "base/number.h"

/* Longer signs before those they start with. */
static const char *const signs[] = { " <= ", " >= ", " == ", " != ", " < ", " > " };

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

/* The part of a line that is a condition always has an address: letters, then [ or . */
static bool is_condition(const char *line)
{
	size_t name = strcspn(line, " [.");

	return line[name] == '[' || (line[name] == '.' && line[name + 1] && line[name + 1] != ' ');
}

enum kg_status kg_claim_parse(const char *line, struct kg_arena *arena, struct kg_claim *claim, struct kg_error *error)
{
	const char *at = NULL, *left;

	*claim = (struct kg_claim){ 0 };
	for (size_t i = 0; i < sizeof signs / sizeof signs[0] && !at; i++) {
		at = strstr(line, signs[i]);
		claim->sign = at ? signs[i] : NULL;
	}
	if (!at || !is_condition(line)) {
		claim->sign = NULL;
		return KG_OK;
	}
	left = kg_arena_text_n(arena, line, (size_t)(at - line));
	if (!left)
		return kg_error_memory(error);
	at += strlen(claim->sign);
	KG_TRY(kg_value_parse(left, arena, &claim->left, error));
	if (kg_number_parse(at, strlen(at), '.', 0, &claim->number) == KG_PARSED)
		return KG_OK;
	claim->right_is_value = true;
	return kg_value_parse(at, arena, &claim->right, error);
}

static enum kg_status find_number(const struct kg_engine *engine, const struct kg_value *value, double *number,
				  struct kg_error *error)
{
	size_t block = kg_book_find(engine->book, value->block, strlen(value->block)), row;
	const struct kg_table *table = engine->outcome[block].table;
	const struct kg_column *column;

	if (!table)
		return kg_error_set(error, KG_EDATA, "the block '#%s' has no table", value->block);
	KG_TRY(kg_value_find(value, table, engine->arena, &column, &row, error));
	if (column && column->type == KG_TEXT)
		return kg_error_set(error, KG_EDATA, "'%s' of '%s' is no number", value->column, value->block);
	*number = (column ? kg_column_real(column, row) : (double)table->nrow) * value->times;
	return KG_OK;
}

/* One condition: adds `condition: 0.12 > 0` to `shown`; an empty cell never holds. */
static enum kg_status test_line(const struct kg_engine *engine, const char *line, const struct kg_claim *claim,
				struct kg_buffer *shown, bool *holds, struct kg_error *error)
{
	struct kg_style style = kg_engine_style(engine->book);
	double left, right = claim->number;

	KG_TRY(find_number(engine, &claim->left, &left, error));
	if (claim->right_is_value)
		KG_TRY(find_number(engine, &claim->right, &right, error));
	*holds = test(claim->sign, left, right);
	kg_buffer_printf(shown, strchr(line, '`') ? "%s`` %s ``: " : "%s`%s`: ", shown->length ? "; " : "", line);
	if (left != left || right != right)
		kg_buffer_add(shown, "—");
	else
		kg_number_display(shown, left, style.digits, style.language);
	return KG_OK;
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
