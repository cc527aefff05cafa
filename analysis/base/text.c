#include "base/text.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

#include "base/distance.h"

size_t kg_text_invalid_at(const char *text, size_t length)
{
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	size_t at = 0;

	while (at < length) {
		utf8proc_int32_t point;
		utf8proc_ssize_t step;

		if (bytes[at] && bytes[at] < 0x80) {
			at++;
			continue;
		}
		step = utf8proc_iterate(bytes + at, (utf8proc_ssize_t)(length - at), &point);
		if (step < 1 || point == 0)
			return at;
		at += (size_t)step;
	}
	return length;
}

size_t kg_text_width(const char *text)
{
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	size_t width = 0;

	while (*bytes) {
		utf8proc_int32_t point;
		utf8proc_ssize_t step = utf8proc_iterate(bytes, -1, &point);

		if (step < 1) {
			bytes++, width++;
			continue;
		}
		width += (size_t)(utf8proc_charwidth(point) > 0 ? utf8proc_charwidth(point) : 0);
		bytes += step;
	}
	return width;
}

/* Letters of a word, ASCII case ignored. */
static size_t read_letters(const char *word, int32_t letter[KG_DISTANCE_MOST + 1])
{
	size_t count = 0;

	for (; word[count] && count <= KG_DISTANCE_MOST; count++)
		letter[count] = tolower((unsigned char)word[count]);
	return count;
}

const char *kg_text_nearest(const char *word, const char *const *candidate, size_t count)
{
	size_t limit = strlen(word) / 3 > 1 ? strlen(word) / 3 : 1, best = limit + 1;
	int32_t letters[2][KG_DISTANCE_MOST + 1];
	size_t length = read_letters(word, letters[0]);
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t distance = kg_distance(letters[0], length, letters[1], read_letters(candidate[i], letters[1]));

		if (distance < best) {
			best = distance;
			nearest = candidate[i];
		}
	}
	return nearest;
}

size_t kg_text_split(const char *list, char separator, struct kg_arena *arena, const char *const **part)
{
	size_t count = 1, filled = 0;
	const char **parts;

	*part = NULL;
	if (!list || !*list)
		return 0;
	for (const char *at = list; *at; at++)
		count += *at == separator;
	parts = KG_ARRAY(arena, const char *, count);
	if (!parts)
		return 0;
	for (const char *start = list, *end; filled < count; start = end + 1) {
		const char *stop;

		end = strchr(start, separator);
		stop = end = end ? end : start + strlen(start);
		while (start < stop && isspace((unsigned char)*start))
			start++;
		while (stop > start && isspace((unsigned char)stop[-1]))
			stop--;
		parts[filled] = kg_arena_text_n(arena, start, (size_t)(stop - start));
		if (!parts[filled++])
			return 0;
	}
	*part = parts;
	return filled;
}

uint64_t kg_hash(const void *bytes, size_t length, uint64_t seed)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < length; i++)
		seed = (seed ^ byte[i]) * UINT64_C(1099511628211);
	return seed;
}

char *kg_text_slug(const char *text, struct kg_arena *arena)
{
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	char *slug = kg_arena_alloc(arena, strlen(text) * 2 + 1);
	size_t length = 0;

	while (slug && *bytes) {
		utf8proc_int32_t point, part[4];
		utf8proc_ssize_t step = utf8proc_iterate(bytes, -1, &point);
		int boundary = 0;

		bytes += step > 0 ? step : 1;
		if (step < 1)
			continue;
		if (point == 0x110 || point == 0x111)
			point = 'd';
		if (utf8proc_decompose_char(point, part, 4, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD,
					    &boundary) >= 1)
			point = part[0];
		if (point < 128 && isalnum(point))
			slug[length++] = (char)tolower(point);
		else if (length && slug[length - 1] != '-')
			slug[length++] = '-';
	}
	while (slug && length && slug[length - 1] == '-')
		slug[--length] = '\0';
	return slug;
}

static bool is_capital(utf8proc_int32_t point)
{
	return utf8proc_category(point) == UTF8PROC_CATEGORY_LU;
}

const char *kg_text_within(const char *text, struct kg_arena *arena)
{
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t first = 0, second = 0;
	utf8proc_ssize_t step = utf8proc_iterate(bytes, -1, &first), length;
	utf8proc_uint8_t small[4];

	if (step <= 0 || !is_capital(first))
		return kg_arena_text(arena, text);
	if (utf8proc_iterate(bytes + step, -1, &second) > 0 && is_capital(second))
		return kg_arena_text(arena, text);
	length = utf8proc_encode_char(utf8proc_tolower(first), small);
	return kg_arena_format(arena, "%.*s%s", (int)length, (const char *)small, text + step);
}

bool kg_text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}
