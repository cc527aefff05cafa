#include "notebook/value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "report/display.h"

static enum kg_status refuse_address(const char *asked, struct kg_error *error)
{
	return kg_error_set(error, KG_EDATA,
			    "'%s' is no address of a value; write block[column=cell].column, block.nrow or params.name",
			    asked);
}

static const char *take_name(const char **at, const char *stops, struct kg_arena *arena)
{
	const char *start = *at, *stop;

	*at += strcspn(start, stops);
	stop = *at;
	while (start < stop && isspace((unsigned char)*start))
		start++;
	while (stop > start && isspace((unsigned char)stop[-1]))
		stop--;
	return kg_arena_text_n(arena, start, (size_t)(stop - start));
}

/* The cell of a condition, in double quotes where it holds , or ]. */
static const char *take_cell(const char **at, struct kg_arena *arena)
{
	const char *quote, *cell;

	if (**at != '"')
		return take_name(at, ",]", arena);
	quote = strchr(*at + 1, '"');
	if (!quote)
		return "";
	cell = kg_arena_text_n(arena, *at + 1, (size_t)(quote - *at - 1));
	*at = quote + 1;
	return cell;
}

static enum kg_status read_matches(const char **at, const char *asked, struct kg_arena *arena, struct kg_value *value,
				   struct kg_error *error)
{
	struct kg_value_match *match = NULL;

	do {
		struct kg_value_match one;

		++*at;
		one.column = take_name(at, "=,]", arena);
		if (**at != '=')
			return refuse_address(asked, error);
		++*at;
		one.cell = take_cell(at, arena);
		match = kg_arena_grow(arena, match, value->nmatch * sizeof one, (value->nmatch + 1) * sizeof one);
		if (!match || !one.column || !one.cell)
			return kg_error_memory(error);
		match[value->nmatch++] = one;
	} while (**at == ',');
	if (**at != ']')
		return refuse_address(asked, error);
	++*at;
	value->match = match;
	return KG_OK;
}

enum kg_status kg_value_parse(const char *asked, struct kg_arena *arena, struct kg_value *value, struct kg_error *error)
{
	const char *at = asked;
	char *end;

	*value = (struct kg_value){ .times = 1, .format = "" };
	value->block = take_name(&at, "[. %*", arena);
	if (*at == '[')
		KG_TRY(read_matches(&at, asked, arena, value, error));
	if (*at != '.')
		return refuse_address(asked, error);
	at++;
	value->column = take_name(&at, "%*", arena);
	if (*at == '*') {
		value->times = strtod(at + 1, &end);
		if (end == at + 1)
			return refuse_address(asked, error);
		at = end + strspn(end, " ");
	}
	if (!value->block || !value->column)
		return kg_error_memory(error);
	if (*at && *at != '%')
		return refuse_address(asked, error);
	value->format = at;
	return *value->block && *value->column ? KG_OK : refuse_address(asked, error);
}

static bool is_match(const struct kg_column *column, size_t row, const char *cell, struct kg_arena *arena)
{
	double number;
	const char *text;

	if (kg_column_missing(column, row))
		return !*cell;
	if ((column->type == KG_REAL || column->type == KG_INTEGER) &&
	    kg_number_parse(cell, strlen(cell), '.', 0, &number) == KG_PARSED)
		return column->real[row] == number;
	text = kg_column_cell(column, row, arena);
	return text && strcmp(text, cell) == 0;
}

static enum kg_status refuse_count(const struct kg_value *value, size_t count, size_t nrow, struct kg_error *error)
{
	if (!value->nmatch)
		return kg_error_set(error, KG_EDATA,
				    "'%s.%s' has %zu rows to choose from; name one: %s[column=cell].%s", value->block,
				    value->column, nrow, value->block, value->column);
	if (!count)
		return kg_error_set(error, KG_EDATA, "no row of '%s' has %s=%s%s; look at the block's table",
				    value->block, value->match[0].column, value->match[0].cell,
				    value->nmatch > 1 ? " and the other cells named" : "");
	return kg_error_set(error, KG_EDATA,
			    "%zu rows of '%s' have %s=%s%s; name one more column, so that one row is left", count,
			    value->block, value->match[0].column, value->match[0].cell,
			    value->nmatch > 1 ? " and the other cells named" : "");
}

enum kg_status kg_value_find(const struct kg_value *value, const struct kg_table *table, struct kg_arena *arena,
			     const struct kg_column **column, size_t *row, struct kg_error *error)
{
	const struct kg_column **by = KG_ARRAY(arena, const struct kg_column *, value->nmatch + 1);
	size_t count = 0;

	if (!by)
		return kg_error_memory(error);
	*column = NULL;
	if (!value->nmatch && strcmp(value->column, "nrow") == 0)
		return KG_OK;
	KG_TRY(kg_table_column(table, value->column, column, error));
	for (size_t k = 0; k < value->nmatch; k++)
		KG_TRY(kg_table_column(table, value->match[k].column, &by[k], error));
	for (size_t i = 0; i < table->nrow; i++) {
		bool all = true;

		for (size_t k = 0; k < value->nmatch && all; k++)
			all = is_match(by[k], i, value->match[k].cell, arena);
		if (!all)
			continue;
		*row = i;
		count++;
	}
	return count == 1 ? KG_OK : refuse_count(value, count, table->nrow, error);
}

/* A number format taken apart. */
struct format {
	bool plus, grouped;
	int precision; /* -1 = not given */
	char kind;
	const char *tail;
};

static bool read_format(const char *text, struct format *format)
{
	char *end;

	*format = (struct format){ .precision = -1, .tail = "" };
	for (text++; *text == '+' || *text == '\''; text++) {
		format->plus |= *text == '+';
		format->grouped |= *text == '\'';
	}
	if (*text == '.' && isdigit((unsigned char)text[1])) {
		format->precision = (int)strtol(text + 1, &end, 10);
		text = end;
	}
	format->kind = *text;
	if (!*text || !strchr("fegdsp", *text) || format->precision > 15)
		return false;
	if (strcmp(text + 1, "%%") == 0)
		format->tail = "%";
	return !text[1] || *format->tail;
}

/* printf's text with the decimal character of the language. */
static void add_plain(struct kg_buffer *out, const struct format *format, double number, enum kg_language language)
{
	int precision = format->precision < 0 ? 6 : format->precision;
	struct kg_buffer plain = kg_buffer_new(out->arena);
	char *point;

	if (format->kind == 'e')
		kg_buffer_printf(&plain, "%.*e", precision, number);
	else if (format->kind == 'g')
		kg_buffer_printf(&plain, "%.*g", precision, number);
	else
		kg_buffer_printf(&plain, "%.*f", precision, number);
	if (plain.failed) {
		out->failed = true;
		return;
	}
	point = strchr(plain.text, '.');
	if (point && language == KG_VIETNAMESE)
		*point = ',';
	if (plain.text[0] == '-' && strspn(plain.text + 1, "0.,") == plain.length - 1)
		kg_buffer_add(out, plain.text + 1);
	else
		kg_buffer_add(out, plain.text);
}

enum kg_status kg_value_print(const char *text, double number, const struct kg_style *style, struct kg_buffer *out,
			      struct kg_error *error)
{
	struct format format;

	if (!read_format(text, &format) || format.kind == 's')
		return kg_error_set(error, KG_EDATA,
				    "'%s' is no format for a number; write such as %%.1f, %%'.0f, %%.3g, %%d, %%p or "
				    "%%.1f%%%%",
				    text);
	if (format.kind == 'd') {
		format.kind = 'f';
		format.precision = 0;
	}
	if (format.plus && number > 0)
		kg_buffer_add(out, "+");
	if (format.kind == 'p')
		kg_number_p(out, number, format.precision < 0 ? style->digits : format.precision, style->language);
	else if (format.grouped && format.kind == 'f')
		kg_number_fixed(out, number, format.precision < 0 ? 0 : format.precision, style->language);
	else
		add_plain(out, &format, number, style->language);
	kg_buffer_add(out, format.tail);
	return kg_buffer_check(out, error);
}

static enum kg_status refuse_missing(const struct kg_value *value, const struct kg_table *table, size_t row,
				     struct kg_error *error)
{
	const struct kg_column *note = kg_table_find(table, "note");

	if (note && note->type == KG_TEXT && !kg_column_missing(note, row))
		return kg_error_set(error, KG_EDATA, "'%s' of '%s' is empty in that row; its note is '%s'",
				    value->column, value->block, kg_column_text(note, row));
	return kg_error_set(error, KG_EDATA, "'%s' of '%s' is empty in that row; choose another column or row",
			    value->column, value->block);
}

enum kg_status kg_value_text(const struct kg_value *value, const struct kg_table *table, const struct kg_style *style,
			     struct kg_arena *arena, const char **text, struct kg_error *error)
{
	struct kg_buffer out = kg_buffer_new(arena);
	const struct kg_column *column;
	size_t row = 0;
	bool number;

	KG_TRY(kg_value_find(value, table, arena, &column, &row, error));
	if (column && kg_column_missing(column, row))
		return refuse_missing(value, table, row, error);
	number = !column || column->type == KG_REAL || column->type == KG_INTEGER;
	if (!number && (value->times != 1 || (*value->format && strcmp(value->format, "%s") != 0)))
		return kg_error_set(error, KG_EDATA, "'%s' of '%s' is no number; leave out '%s'", value->column,
				    value->block, value->format);
	if (*value->format && strcmp(value->format, "%s") != 0) {
		KG_TRY(kg_value_print(value->format, (column ? column->real[row] : (double)table->nrow) * value->times,
				      style, &out, error));
	} else if (!column || value->times != 1) {
		kg_number_display(&out, (column ? column->real[row] : (double)table->nrow) * value->times,
				  style->digits, style->language);
	} else {
		const char *cell = kg_display_cell(column, row, style, !kg_display_is_name(table, column), arena);

		kg_buffer_add(&out, cell ? cell : "");
	}
	*text = out.text;
	return kg_buffer_check(&out, error);
}

enum kg_status kg_value_machine(const struct kg_value *value, const struct kg_table *table, struct kg_arena *arena,
				const char **text, struct kg_error *error)
{
	struct kg_style plain = { .digits = 15, .language = KG_ENGLISH };
	struct kg_buffer out = kg_buffer_new(arena);
	const struct kg_column *column;
	size_t row = 0;

	*text = "";
	if (*value->format)
		return kg_value_text(value, table, &plain, arena, text, error);
	KG_TRY(kg_value_find(value, table, arena, &column, &row, error));
	if (column && kg_column_missing(column, row))
		return refuse_missing(value, table, row, error);
	if (column && column->type != KG_REAL && column->type != KG_INTEGER)
		*text = kg_column_cell(column, row, arena);
	else
		kg_number_exact(&out, (column ? column->real[row] : (double)table->nrow) * value->times);
	if (out.length)
		*text = out.text;
	return *text ? kg_buffer_check(&out, error) : kg_error_memory(error);
}
