#include "table/schema_judge.h"

#include <regex.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "table/csv_cell.h"
#include "table/period.h"

struct kg_judge {
	const struct kg_field *field;
	struct kg_cell_rule rule;
	regex_t pattern;
};

/* How the reader would read the cells. */
static struct kg_cell_rule make_rule(const struct kg_field *field, const struct kg_schema *schema)
{
	struct kg_cell_rule rule = { .type = field->type, .format = field->format, .group = field->group };

	rule.decimal = field->decimal ? field->decimal : '.';
	rule.missing = field->missing ? field->missing : schema->missing;
	return rule;
}

static struct kg_verdict judge_type(const struct kg_cell_rule *rule, enum kg_cell_kind kind)
{
	static const struct kg_verdict odd[] = { [KG_REAL] = { "not-a-number", "a number", false },
						 [KG_INTEGER] = { "not-an-integer", "a whole number", false },
						 [KG_TEXT] = { NULL, NULL, false },
						 [KG_DATE] = { "not-a-date", "a date", false },
						 [KG_BOOLEAN] = { "not-a-boolean", "true or false", false } };

	if (kind == KG_CELL_LARGE)
		return (struct kg_verdict){ "too-large", "a number that can be kept exactly", false };
	return kind == KG_CELL_ODD ? odd[rule->type] : (struct kg_verdict){ .missing = kind == KG_CELL_MISSING };
}

static const char *write_limit(const struct kg_judge *judge, const char *word, double limit, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);
	char date[16];

	kg_buffer_printf(&text, "%s ", word);
	if (judge->field->type == KG_DATE) {
		kg_period_text(KG_PERIOD_DAY, (long)limit, date, sizeof date);
		kg_buffer_add(&text, date);
	} else {
		kg_number_exact(&text, limit);
	}
	return text.text;
}

static bool is_allowed(const struct kg_judge *judge, const char *text, double value)
{
	const struct kg_field *field = judge->field;

	for (size_t i = 0; i < field->nallowed; i++) {
		double allowed;

		if (strcmp(field->allowed[i], text) == 0)
			return true;
		if ((field->type == KG_REAL || field->type == KG_INTEGER) && field->typed &&
		    kg_number_parse(field->allowed[i], strlen(field->allowed[i]), '.', 0, &allowed) == KG_PARSED &&
		    allowed == value)
			return true;
	}
	return !field->allowed;
}

static const char *list_allowed(const struct kg_field *field, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);

	kg_buffer_add(&text, "one of ");
	for (size_t i = 0; i < field->nallowed; i++)
		kg_buffer_printf(&text, "%s%s", i ? ", " : "", field->allowed[i]);
	return text.text;
}

static struct kg_verdict judge_value(const struct kg_judge *judge, const char *text, double value,
				     struct kg_arena *arena)
{
	const struct kg_field *field = judge->field;

	if (value < field->minimum)
		return (struct kg_verdict){ "below-minimum", write_limit(judge, "at least", field->minimum, arena),
					    false };
	if (value > field->maximum)
		return (struct kg_verdict){ "above-maximum", write_limit(judge, "at most", field->maximum, arena),
					    false };
	if (!is_allowed(judge, text, value))
		return (struct kg_verdict){ "not-allowed", list_allowed(field, arena), false };
	if (field->pattern && regexec(&judge->pattern, text, 0, NULL, 0) != 0)
		return (struct kg_verdict){ "pattern", field->pattern, false };
	return (struct kg_verdict){ 0 };
}

struct kg_verdict kg_judge_text(const struct kg_judge *judge, const char *text, struct kg_arena *arena)
{
	enum kg_cell_kind kind = KG_CELL_VALUE;
	struct kg_cell cell = { .real = NAN };
	struct kg_verdict verdict;

	if (kg_cell_missing(text, strlen(text), &judge->rule))
		kind = KG_CELL_MISSING;
	else if (judge->rule.type != KG_TEXT)
		kind = kg_cell_read(text, strlen(text), &judge->rule, &cell);
	verdict = judge_type(&judge->rule, kind);
	if (verdict.problem || verdict.missing)
		return verdict;
	return judge_value(judge, text, judge->rule.type == KG_TEXT ? NAN : cell.real, arena);
}

/* The pattern must match the whole cell; \\d is written out, which POSIX does not know. */
static const char *anchor_pattern(const char *pattern, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);

	kg_buffer_add(&text, "^(");
	for (; *pattern; pattern++) {
		if (pattern[0] == '\\' && pattern[1] == 'd') {
			kg_buffer_add(&text, "[0-9]");
			pattern++;
			continue;
		}
		if (pattern[0] == '\\' && pattern[1])
			kg_buffer_add_char(&text, *pattern++);
		kg_buffer_add_char(&text, *pattern);
	}
	kg_buffer_add(&text, ")$");
	return text.failed ? NULL : text.text;
}

static void free_pattern(void *pattern)
{
	regfree(pattern);
}

static enum kg_status compile_pattern(struct kg_judge *judge, const struct kg_schema *schema, struct kg_arena *arena,
				      struct kg_error *error)
{
	const char *pattern = anchor_pattern(judge->field->pattern, arena);
	char why[128];
	int code;

	if (!pattern)
		return kg_error_memory(error);
	code = regcomp(&judge->pattern, pattern, REG_EXTENDED | REG_NOSUB);
	if (code == 0)
		return kg_arena_defer(arena, free_pattern, &judge->pattern) ? KG_OK : kg_error_memory(error);
	regerror(code, &judge->pattern, why, sizeof why);
	return kg_error_set(error, KG_EDATA,
			    "field '%s' of resource '%s': the pattern '%s' is no regular expression: %s",
			    judge->field->name, schema->resource, judge->field->pattern, why);
}

enum kg_status kg_judge_make(const struct kg_field *field, const struct kg_schema *schema, struct kg_arena *arena,
			     struct kg_judge **judge, struct kg_error *error)
{
	struct kg_judge *made = KG_NEW(arena, struct kg_judge);

	if (!made)
		return kg_error_memory(error);
	made->field = field;
	made->rule = make_rule(field, schema);
	*judge = made;
	return field->pattern ? compile_pattern(made, schema, arena, error) : KG_OK;
}
