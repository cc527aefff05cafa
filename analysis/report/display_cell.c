#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/display.h"

static bool is_control(const char *text)
{
	unsigned char first = (unsigned char)text[0], second = (unsigned char)text[1];

	return first < 0x20 || first == 0x7F || (first == 0xC2 && second >= 0x80 && second < 0xA0);
}

/* Control characters of data become blanks: on a terminal they would be commands. */
static const char *clean_text(const char *text, struct kg_arena *arena)
{
	const char *at = text;
	char *clean;

	while (*at && !is_control(at))
		at++;
	if (!*at)
		return text;
	clean = kg_arena_text(arena, text);
	for (char *to = clean; to && *to; to++) {
		if (!is_control(to))
			continue;
		if ((unsigned char)*to == 0xC2)
			*to++ = ' ';
		*to = ' ';
	}
	return clean;
}

static void add_date(struct kg_buffer *text, const char *iso, enum kg_language language)
{
	if (language == KG_VIETNAMESE && strlen(iso) == 10)
		kg_buffer_printf(text, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
	else
		kg_buffer_add(text, iso);
}

static void add_number(struct kg_buffer *text, double value, const struct kg_style *style, bool grouped)
{
	if (grouped || value != nearbyint(value))
		kg_number_display(text, value, style->digits, style->language);
	else
		kg_number_exact(text, value);
}

/* A stated figure that is a bound: ">30,000", "<5", or the range. */
static void add_bound(struct kg_buffer *text, const struct kg_column *column, size_t row, const struct kg_style *style,
		      bool grouped)
{
	double low = column->low[row], high = column->high[row];

	if (low == high || (isinf(low) && isinf(high))) {
		add_number(text, column->real[row], style, grouped);
	} else if (isinf(high) || isinf(low)) {
		double stated = column->real[row], end = isinf(high) ? fmin(low, stated) : fmax(high, stated);

		kg_buffer_add(text, isinf(high) ? (stated < low ? ">" : "≥") : (stated > high ? "<" : "≤"));
		add_number(text, end, style, grouped);
	} else {
		add_number(text, low, style, grouped);
		kg_buffer_add(text, "–");
		add_number(text, high, style, grouped);
	}
}

const char *kg_display_cell(const struct kg_column *column, size_t row, const struct kg_style *style, bool grouped,
			    struct kg_arena *arena)
{
	struct kg_buffer text;
	const char *iso;

	if (kg_column_missing(column, row))
		return "";
	if (column->type == KG_TEXT)
		return clean_text(kg_column_text(column, row), arena);
	text = kg_buffer_new(arena);
	if (column->type == KG_DATE) {
		iso = kg_column_cell(column, row, arena);
		add_date(&text, iso ? iso : "", style->language);
	} else if (strcmp(column->name, "p_value") == 0) {
		kg_number_p(&text, column->real[row], style->digits, style->language);
	} else if (column->low) {
		add_bound(&text, column, row, style, grouped);
	} else {
		add_number(&text, column->real[row], style, grouped);
	}
	return text.failed ? NULL : text.text;
}

size_t kg_display_fraction(const char *cell, enum kg_language language)
{
	const char *point = strrchr(cell, language == KG_VIETNAMESE ? ',' : '.');

	return point ? kg_text_width(point) : 0;
}
