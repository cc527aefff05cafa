#include "table/csv_bound.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/number.h"

/* A longer word stands before one that it begins with. */
struct bound_word {
	const char *word;
	enum kg_bound bound;
};

static const struct bound_word signs[] = { { ">=", KG_BOUND_AT_LEAST }, { "≥", KG_BOUND_AT_LEAST },
					   { ">", KG_BOUND_MORE_THAN }, { "<=", KG_BOUND_AT_MOST },
					   { "≤", KG_BOUND_AT_MOST },	{ "<", KG_BOUND_LESS_THAN } };

/* Before a figure, and a blank between. */
static const struct bound_word before[] = {
	{ "more than", KG_BOUND_MORE_THAN },  { "over", KG_BOUND_MORE_THAN },	   { "above", KG_BOUND_MORE_THAN },
	{ "hơn", KG_BOUND_MORE_THAN },	      { "trên", KG_BOUND_MORE_THAN },	   { "at least", KG_BOUND_AT_LEAST },
	{ "ít nhất", KG_BOUND_AT_LEAST },     { "tối thiểu", KG_BOUND_AT_LEAST },  { "less than", KG_BOUND_LESS_THAN },
	{ "fewer than", KG_BOUND_LESS_THAN }, { "under", KG_BOUND_LESS_THAN },	   { "below", KG_BOUND_LESS_THAN },
	{ "dưới", KG_BOUND_LESS_THAN },	      { "at most", KG_BOUND_AT_MOST },	   { "up to", KG_BOUND_AT_MOST },
	{ "nhiều nhất", KG_BOUND_AT_MOST },   { "tối đa", KG_BOUND_AT_MOST },	   { "nearly", KG_BOUND_NEARLY },
	{ "almost", KG_BOUND_NEARLY },	      { "gần", KG_BOUND_NEARLY },	   { "about", KG_BOUND_ABOUT },
	{ "around", KG_BOUND_ABOUT },	      { "approximately", KG_BOUND_ABOUT }, { "roughly", KG_BOUND_ABOUT },
	{ "circa", KG_BOUND_ABOUT },	      { "khoảng", KG_BOUND_ABOUT },	   { "xấp xỉ", KG_BOUND_ABOUT },
};

/* Behind a figure, in brackets or not. */
static const struct bound_word behind[] = {
	{ "or more", KG_BOUND_AT_LEAST }, { "trở lên", KG_BOUND_AT_LEAST },  { "or less", KG_BOUND_AT_MOST },
	{ "or fewer", KG_BOUND_AT_MOST }, { "trở xuống", KG_BOUND_AT_MOST }, { "rounded", KG_BOUND_ABOUT },
	{ "làm tròn", KG_BOUND_ABOUT },
};

/* Behind a figure, and followed by what it was rounded to. */
static const char *const rounded_to[] = { "rounded to the nearest", "rounded to nearest", "rounded to",
					  "to the nearest",	    "làm tròn đến",	  "làm tròn tới" };

static const double unit[] = { 5, 10, 100, 1000, 10000, 100000, 1000000 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool begins_with(const char *text, size_t length, const char *word)
{
	size_t n = strlen(word);

	return length >= n && memcmp(text, word, n) == 0;
}

static bool ends_with(const char *text, size_t length, const char *word)
{
	size_t n = strlen(word);

	return length >= n && memcmp(text + length - n, word, n) == 0;
}

static void skip_blanks(const char **text, size_t *length)
{
	for (; *length && **text == ' '; ++*text)
		--*length;
}

static size_t trim(const char *text, size_t length)
{
	while (length && text[length - 1] == ' ')
		length--;
	return length;
}

static bool take_sign(const char **text, size_t *length, enum kg_bound *bound)
{
	for (size_t i = 0; i < COUNT(signs); i++) {
		if (!begins_with(*text, *length, signs[i].word))
			continue;
		*text += strlen(signs[i].word);
		*length -= strlen(signs[i].word);
		skip_blanks(text, length);
		*bound = signs[i].bound;
		return true;
	}
	return false;
}

static bool take_before(const char **text, size_t *length, enum kg_bound *bound)
{
	for (size_t i = 0; i < COUNT(before); i++) {
		size_t n = strlen(before[i].word);

		if (!begins_with(*text, *length, before[i].word) || *length == n || (*text)[n] != ' ')
			continue;
		*text += n;
		*length -= n;
		skip_blanks(text, length);
		*bound = before[i].bound;
		return true;
	}
	return false;
}

/* The bound of a figure that was rounded to a multiple of this; false: to none that is known. */
static bool find_unit(const char *text, size_t length, const struct kg_bound_rule *rule, enum kg_bound *bound)
{
	double value;

	if (kg_number_parse(text, length, rule->decimal, rule->group, &value) != KG_PARSED)
		return false;
	for (size_t i = 0; i < COUNT(unit); i++) {
		if (value != unit[i])
			continue;
		*bound = (enum kg_bound)(KG_BOUND_ROUNDED_5 + i);
		return true;
	}
	return false;
}

/* "rounded to 1,000"; text and length are of what stands behind the figure. */
static bool read_rounding(const char *text, size_t length, const struct kg_bound_rule *rule, enum kg_bound *bound)
{
	for (size_t i = 0; i < COUNT(rounded_to); i++) {
		const char *rest = text + strlen(rounded_to[i]);
		size_t left;

		if (!begins_with(text, length, rounded_to[i]))
			continue;
		left = length - strlen(rounded_to[i]);
		skip_blanks(&rest, &left);
		return find_unit(rest, left, rule, bound);
	}
	return false;
}

static bool read_behind(const char *text, size_t length, const struct kg_bound_rule *rule, enum kg_bound *bound)
{
	for (size_t i = 0; i < COUNT(behind); i++) {
		if (strlen(behind[i].word) != length || !begins_with(text, length, behind[i].word))
			continue;
		*bound = behind[i].bound;
		return true;
	}
	return read_rounding(text, length, rule, bound);
}

static bool is_letter(char character)
{
	return (unsigned char)character >= 0x80 || (character >= 'a' && character <= 'z') ||
	       (character >= 'A' && character <= 'Z');
}

/* "30,000 (rounded to 1,000)", "30,000 or more", "30,000+". */
static bool take_behind(const char *text, size_t *length, const struct kg_bound_rule *rule, enum kg_bound *bound)
{
	size_t end = *length, figure = 0;
	const char *words;

	if (ends_with(text, end, "+")) {
		*length = trim(text, end - 1);
		*bound = KG_BOUND_AT_LEAST;
		return true;
	}
	while (figure < end && !is_letter(text[figure]) && text[figure] != '(')
		figure++;
	words = text + figure;
	if (figure < end && *words == '(' && text[end - 1] == ')')
		words++, end--;
	if (!figure || (text[figure - 1] != ' ' && text[figure] != '(') ||
	    !read_behind(words, (size_t)(text + end - words), rule, bound))
		return false;
	*length = trim(text, figure);
	return true;
}

/* In small letters and composed (NFC), so that words are the same however they are written; NULL: it has no room. */
static const char *fold_text(const char *text, size_t length, char room[KG_BOUND_ROOM], size_t *folded)
{
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t count = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &made,
					      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	bool fits = count >= 0 && count < KG_BOUND_ROOM;

	if (fits) {
		memcpy(room, made, (size_t)count);
		*folded = (size_t)count;
	}
	free(made);
	return fits ? room : NULL;
}

static bool has_words(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (is_letter(text[i]))
			return true;
	return length && text[length - 1] == '+';
}

static enum kg_bound start_at_one(enum kg_bound bound, bool from_one)
{
	if (from_one && bound == KG_BOUND_LESS_THAN)
		return KG_BOUND_FROM_1_LESS_THAN;
	return from_one && bound == KG_BOUND_AT_MOST ? KG_BOUND_FROM_1_AT_MOST : bound;
}

enum kg_bound kg_bound_take(const char **text, size_t *length, const struct kg_bound_rule *rule,
			    char room[KG_BOUND_ROOM])
{
	enum kg_bound bound = KG_BOUND_EXACT;
	const char *folded;
	size_t left;

	if (!*length || take_sign(text, length, &bound))
		return start_at_one(bound, rule->from_one);
	if (!rule->words || *length >= KG_BOUND_ROOM || !has_words(*text, *length))
		return KG_BOUND_EXACT;
	folded = fold_text(*text, *length, room, &left);
	if (!folded || !(take_before(&folded, &left, &bound) || take_behind(folded, &left, rule, &bound)))
		return KG_BOUND_EXACT;
	*text = folded;
	*length = left;
	return start_at_one(bound, rule->from_one);
}

static bool find_word(const struct bound_word *list, size_t count, const char *text, size_t length,
		      enum kg_bound *bound)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(list[i].word) != length || !begins_with(text, length, list[i].word))
			continue;
		*bound = list[i].bound;
		return true;
	}
	return false;
}

bool kg_bound_parse(const char *text, size_t length, bool from_one, enum kg_bound *bound)
{
	static const char *const words[] = { "exact",	       "more_than",	 "at_least",	 "less_than",
					     "at_most",	       "nearly",	 "about",	 "rounded_5",
					     "rounded_10",     "rounded_100",	 "rounded_1000", "rounded_10000",
					     "rounded_100000", "rounded_1000000" };
	char room[KG_BOUND_ROOM];
	bool known = false;

	*bound = KG_BOUND_EXACT;
	if (!length)
		return true;
	for (size_t i = 0; i < COUNT(words) && !known; i++) {
		known = strlen(words[i]) == length && begins_with(text, length, words[i]);
		*bound = known ? (enum kg_bound)i : KG_BOUND_EXACT;
	}
	if (!known) {
		text = length < KG_BOUND_ROOM ? fold_text(text, length, room, &length) : NULL;
		known = text && (find_word(signs, COUNT(signs), text, length, bound) ||
				 find_word(before, COUNT(before), text, length, bound) ||
				 find_word(behind, COUNT(behind), text, length, bound));
	}
	*bound = start_at_one(*bound, from_one);
	return known;
}

/* Value of the last digit that is not 0: 1000 of 32000, 0.1 of 2.50. */
static double find_last_digit(double stated)
{
	char text[32], *exponent, *at;
	int power;

	snprintf(text, sizeof text, "%.14e", fabs(stated));
	exponent = strchr(text, 'e');
	power = exponent ? atoi(exponent + 1) : 0;
	for (at = exponent ? exponent - 1 : text; at > text + 1 && *at == '0'; at--)
		;
	return stated == 0 ? 1 : pow(10, power - (at > text + 1 ? (int)(at - text - 1) : 0));
}

/* Half of what was rounded to, whichever way halves were rounded. */
static void round_range(enum kg_bound bound, double stated, bool whole, double *low, double *high)
{
	bool about = bound == KG_BOUND_ABOUT;
	double half = (about ? find_last_digit(stated) : unit[bound - KG_BOUND_ROUNDED_5]) / 2;

	half = whole ? floor(half) : half;
	if (about && whole && half < 1)
		half = 1;
	*high = stated + half;
	*low = stated >= 0 && stated < half ? 0 : stated - half;
}

void kg_bound_range(enum kg_bound bound, double stated, bool whole, double *low, double *high)
{
	*low = *high = stated;
	switch (bound) {
	case KG_BOUND_EXACT:
		return;
	case KG_BOUND_MORE_THAN:
	case KG_BOUND_AT_LEAST:
		*high = INFINITY;
		return;
	case KG_BOUND_LESS_THAN:
	case KG_BOUND_FROM_1_LESS_THAN:
		*high = whole ? stated - 1 : stated;
		break;
	case KG_BOUND_AT_MOST:
	case KG_BOUND_FROM_1_AT_MOST:
	case KG_BOUND_NEARLY:
		break;
	default:
		round_range(bound, stated, whole, low, high);
		return;
	}
	*low = *high >= 0 ? 0 : -INFINITY;
	if (bound >= KG_BOUND_FROM_1_LESS_THAN && *high >= 1)
		*low = 1;
}
