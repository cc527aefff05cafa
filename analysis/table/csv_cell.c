#include "table/csv_cell.h"

#include <string.h>

#include "base/number.h"
#include "table/period.h"

/* 15 digits and powers of ten up to 10^22 are exact doubles: one division then rounds once, correctly. */
#define QUICK_DIGITS 15

/* Most numbers: an optional minus, a few digits, perhaps a decimal character. False: look closer. */
static bool read_quickly(const char *text, size_t length, char decimal, struct kg_cell *cell)
{
	static const double power[QUICK_DIGITS + 1] = { 1,   1e1, 1e2,	1e3,  1e4,  1e5,  1e6,	1e7,
							1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	const char *at = text, *end = text + length, *point = NULL;
	uint64_t mantissa = 0;
	bool negative = length && *text == '-';

	at += negative;
	if (at == end || end - at > QUICK_DIGITS)
		return false;
	for (; at < end; at++) {
		unsigned digit = (unsigned char)*at - (unsigned)'0';

		if (digit <= 9)
			mantissa = mantissa * 10 + digit;
		else if (*at == decimal && !point)
			point = at;
		else
			return false;
	}
	if (point && end - text == 1 + negative)
		return false;
	cell->real = point ? (double)mantissa / power[end - point - 1] : (double)mantissa;
	cell->real = negative ? -cell->real : cell->real;
	cell->whole = !point;
	cell->bound = KG_BOUND_EXACT;
	return true;
}

static bool is_whole(const char *text, size_t length, const struct kg_cell_rule *rule)
{
	return !memchr(text, rule->decimal, length) && !memchr(text, 'e', length) && !memchr(text, 'E', length);
}

static enum kg_cell_kind read_number(const char *text, size_t length, const struct kg_cell_rule *rule,
				     struct kg_cell *cell)
{
	const struct kg_bound_rule words = { !rule->guessed, rule->from_one, rule->decimal, rule->group };
	char room[KG_BOUND_ROOM];

	cell->bound = kg_bound_take(&text, &length, &words, room);
	if (!length || (rule->guessed && kg_number_is_code(text, length)))
		return KG_CELL_ODD;
	switch (kg_number_parse(text, length, rule->decimal, rule->group, &cell->real)) {
	case KG_NOT_A_NUMBER:
		return KG_CELL_ODD;
	case KG_TOO_LARGE:
		return KG_CELL_LARGE;
	case KG_PARSED:
		break;
	}
	cell->whole = is_whole(text, length, rule);
	return rule->type == KG_INTEGER && !cell->whole ? KG_CELL_ODD : KG_CELL_VALUE;
}

/* Rewrites a date of the column's format as ISO. */
static bool rewrite_date(const char *text, const char *end, const char *format, char iso[11])
{
	memcpy(iso, "0000-00-00", 11);
	for (; *format; format++) {
		size_t place, digits;

		if (*format != '%') {
			if (text == end || *text++ != *format)
				return false;
			continue;
		}
		format++;
		if (*format != 'Y' && *format != 'm' && *format != 'd')
			return false;
		digits = *format == 'Y' ? 4 : 2;
		place = *format == 'Y' ? 0 : *format == 'm' ? 5 : 8;
		if ((size_t)(end - text) < digits)
			return false;
		memcpy(iso + place, text, digits);
		text += digits;
	}
	return text == end;
}

static enum kg_cell_kind read_date(const char *text, size_t length, const char *format, struct kg_cell *cell)
{
	bool plain = !format || strcmp(format, "default") == 0 || strcmp(format, "any") == 0;
	enum kg_period_kind kind;
	char iso[11];
	double year;
	long day;

	if (!rewrite_date(text, text + length, plain ? "%Y-%m-%d" : format, iso) ||
	    !kg_period_parse(iso, &kind, &day, &year) || kind != KG_PERIOD_DAY)
		return KG_CELL_ODD;
	cell->real = (double)day;
	return KG_CELL_VALUE;
}

static bool is_one_of(const char *text, size_t length, const char *const *word, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(word[i]) == length && memcmp(word[i], text, length) == 0)
			return true;
	return false;
}

/* The default words of the Data Package standard. */
static enum kg_cell_kind read_boolean(const char *text, size_t length, struct kg_cell *cell)
{
	static const char *const truths[] = { "true", "True", "TRUE", "1" };
	static const char *const falsehoods[] = { "false", "False", "FALSE", "0" };

	cell->real = is_one_of(text, length, truths, 4);
	return cell->real || is_one_of(text, length, falsehoods, 4) ? KG_CELL_VALUE : KG_CELL_ODD;
}

uint8_t kg_cell_missing(const char *text, size_t length, const struct kg_cell_rule *rule)
{
	if (rule->as_text || (!rule->missing && rule->type == KG_TEXT))
		return length ? KG_MISSING_NONE : KG_MISSING_EMPTY;
	return kg_missing_kind(rule->missing ? rule->missing : &kg_missing_usual, text, length);
}

enum kg_cell_kind kg_cell_read(const char *text, size_t length, const struct kg_cell_rule *rule, struct kg_cell *cell)
{
	bool number = rule->type == KG_REAL || rule->type == KG_INTEGER, tokens = rule->missing && rule->missing->digits;

	*cell = (struct kg_cell){ .bound = KG_BOUND_EXACT };
	if (number && !tokens && !(rule->guessed && kg_number_is_code(text, length)) &&
	    read_quickly(text, length, rule->decimal, cell))
		return rule->type == KG_INTEGER && !cell->whole ? KG_CELL_ODD : KG_CELL_VALUE;
	if (rule->guessed && length > KG_CELL_MOST)
		return KG_CELL_ODD;
	cell->missing = kg_cell_missing(text, length, rule);
	if (cell->missing)
		return KG_CELL_MISSING;
	if (number)
		return read_number(text, length, rule, cell);
	return rule->type == KG_DATE ? read_date(text, length, rule->format, cell) : read_boolean(text, length, cell);
}
