#include "base/name.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/distance.h"

/* Vowels that one syllable has at most; longer runs are no Vietnamese. */
#define VOWELS_MOST 3

static bool is_own_key(const char *name)
{
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at >= 0x80 || (unsigned char)*at < ' ' || (*at >= 'A' && *at <= 'Z') ||
		    (*at == ' ' && (at == name || at[1] == ' ' || !at[1])))
			return false;
	return true;
}

static bool is_blank(int32_t point)
{
	return point == '\t' || point == '\n' || point == '\r' || utf8proc_category(point) == UTF8PROC_CATEGORY_ZS;
}

static bool is_vowel(int32_t point)
{
	return point && point < 0x80 && strchr("aeiouy", point);
}

/* Grave, acute, tilde, hook above, dot below. */
static bool is_tone(int32_t point)
{
	return point == 0x300 || point == 0x301 || point == 0x303 || point == 0x309 || point == 0x323;
}

static bool is_mark(int32_t point)
{
	return utf8proc_category(point) == UTF8PROC_CATEGORY_MN;
}

/* One blank between words and none around them. */
static size_t squeeze_blanks(int32_t *point, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_blank(point[i]))
			point[kept++] = point[i];
		else if (kept && point[kept - 1] != ' ')
			point[kept++] = ' ';
	}
	return kept && point[kept - 1] == ' ' ? kept - 1 : kept;
}

/* The tone belongs to the syllable: of the vowels that stand together it is moved behind the last. */
static void move_tones(int32_t *point, size_t count)
{
	for (size_t start = 0, end; start < count; start = end) {
		size_t vowels = 0, tones = 0, kept = start;
		int32_t tone = 0;

		for (end = start; end < count && (is_vowel(point[end]) || (end > start && is_mark(point[end])));
		     end++) {
			vowels += is_vowel(point[end]);
			tones += is_tone(point[end]);
		}
		if (end == start)
			end++;
		if (tones != 1 || vowels > VOWELS_MOST)
			continue;
		for (size_t i = start; i < end; i++) {
			if (is_tone(point[i]))
				tone = point[i];
			else
				point[kept++] = point[i];
		}
		point[kept] = tone;
	}
}

/* Code points of the text, decomposed, case folded, without invisible ones; fewer than 0: no UTF-8. */
static utf8proc_ssize_t decompose(const char *text, int32_t *point, size_t room)
{
	return utf8proc_decompose((const utf8proc_uint8_t *)text, 0, point, (utf8proc_ssize_t)room,
				  UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
				      UTF8PROC_IGNORE);
}

const char *kg_name_key(const char *name, struct kg_arena *arena)
{
	utf8proc_ssize_t count = is_own_key(name) ? 0 : decompose(name, NULL, 0);
	size_t length = 0, kept;
	int32_t *point;
	char *key;

	if (count < 1)
		return name;
	key = kg_arena_alloc(arena, (size_t)count * 4 + 1);
	point = KG_ARRAY(arena, int32_t, (size_t)count + 1);
	if (!key || !point)
		return NULL;
	(void)decompose(name, point, (size_t)count);
	kept = squeeze_blanks(point, (size_t)count);
	move_tones(point, kept);
	for (size_t i = 0; i < kept; i++)
		length += (size_t)utf8proc_encode_char(point[i], (utf8proc_uint8_t *)key + length);
	key[length] = '\0';
	return key;
}

static size_t read_points(const char *key, int32_t *point, bool *digits)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)key;
	size_t count = 0;

	*digits = true;
	while (*at && count <= KG_DISTANCE_MOST) {
		utf8proc_ssize_t step = utf8proc_iterate(at, -1, &point[count]);

		at += step > 0 ? step : 1;
		*digits &= point[count] >= '0' && point[count] <= '9';
		count++;
	}
	return count;
}

size_t kg_name_apart(const char *key, const char *other)
{
	int32_t points[2][KG_DISTANCE_MOST + 1];
	bool digits[2];
	size_t count = read_points(key, points[0], &digits[0]), limit = count / 3, apart;
	size_t other_count = read_points(other, points[1], &digits[1]);

	if (digits[0] ? limit > 0 : !limit)
		limit = 1;
	apart = kg_distance(points[0], count, points[1], other_count);
	if (digits[0] && digits[1] && strcmp(key + strspn(key, "0"), other + strspn(other, "0")) == 0)
		return apart;
	return apart <= limit ? apart : SIZE_MAX;
}
