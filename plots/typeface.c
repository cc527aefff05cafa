#include "plots/typeface.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"

#define ASCII_FIRST 0x20
#define ASCII_LAST 0x7e
#define ELLIPSIS "…"

/* Advance widths in 1/1000 em of the printable ASCII characters. */
static const uint16_t advance[2]
			     [ASCII_LAST - ASCII_FIRST + 1] = {
				     [KG_REGULAR] = { 260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572,
						      268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572, 572,
						      572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632,
						      730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781,
						      605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329,
						      372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615,
						      618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479,
						      361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572 },
				     [KG_BOLD] = { 260, 286, 472, 646, 572, 901, 750, 266, 339, 339, 545, 572, 285, 322,
						   285, 413, 572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 285, 285,
						   572, 572, 572, 477, 897, 690, 672, 637, 740, 560, 549, 724, 765, 389,
						   331, 664, 565, 943, 813, 796, 628, 796, 660, 551, 579, 756, 650, 967,
						   667, 624, 579, 331, 413, 331, 572, 411, 362, 604, 633, 514, 633, 591,
						   387, 633, 657, 305, 305, 620, 305, 982, 657, 619, 633, 633, 454, 497,
						   434, 657, 569, 856, 578, 569, 488, 394, 551, 394, 572 },
			     };

/* Letters with marks are as wide as their base letter; where capital and small letters alternate, `base` is the capital
 * and `alternate` the small one. */
struct letters {
	uint32_t first, last;
	char base, alternate;
};

static const struct letters marked[] = {
	{ 0xc0, 0xc5, 'A', 'A' },	{ 0xc7, 0xc7, 'C', 'C' },     { 0xc8, 0xcb, 'E', 'E' },
	{ 0xcc, 0xcf, 'I', 'I' },	{ 0xd0, 0xd0, 'D', 'D' },     { 0xd1, 0xd1, 'N', 'N' },
	{ 0xd2, 0xd6, 'O', 'O' },	{ 0xd7, 0xd7, '+', '+' },     { 0xd9, 0xdc, 'U', 'U' },
	{ 0xdd, 0xdd, 'Y', 'Y' },	{ 0xdf, 0xdf, 'b', 'b' },     { 0xe0, 0xe5, 'a', 'a' },
	{ 0xe7, 0xe7, 'c', 'c' },	{ 0xe8, 0xeb, 'e', 'e' },     { 0xec, 0xef, 'i', 'i' },
	{ 0xf1, 0xf1, 'n', 'n' },	{ 0xf2, 0xf8, 'o', 'o' },     { 0xf9, 0xfc, 'u', 'u' },
	{ 0xfd, 0xff, 'y', 'y' },	{ 0x100, 0x105, 'A', 'a' },   { 0x110, 0x111, 'D', 'd' },
	{ 0x128, 0x12d, 'I', 'i' },	{ 0x168, 0x16d, 'U', 'u' },   { 0x1a0, 0x1a1, 'O', 'o' },
	{ 0x1af, 0x1af, 'O', 'O' },	{ 0x1b0, 0x1b0, '0', '0' },   { 0x1ea0, 0x1eb7, 'A', 'a' },
	{ 0x1eb8, 0x1ec7, 'E', 'e' },	{ 0x1ec8, 0x1ecb, 'I', 'i' }, { 0x1ecc, 0x1ee3, 'O', 'o' },
	{ 0x1ee4, 0x1ef1, 'U', 'u' },	{ 0x1ef2, 0x1ef9, 'Y', 'y' }, { 0x2012, 0x2013, 'z', 'z' },
	{ 0x2018, 0x2019, '\'', '\'' },
};

enum {
	COMBINING_FIRST = 0x300,
	COMBINING_LAST = 0x36f,
	WIDE_FIRST = 0x1100, /* Hangul, CJK and after: as wide as the em, but for the block with Vietnamese letters */
	LATIN_FIRST = 0x1e00,
	WIDE_AGAIN = 0x2e80,
	WIDTH_OTHER = 620,
	WIDTH_WIDE = 1000
};

/* Decodes one character of valid UTF-8. */
static uint32_t decode(const char **at)
{
	const unsigned char *byte = (const unsigned char *)*at;
	int more = *byte < 0xc0 ? 0 : *byte < 0xe0 ? 1 : *byte < 0xf0 ? 2 : 3;
	uint32_t point = more ? *byte & (0x3fu >> more) : *byte;

	for (byte++; more && (*byte & 0xc0) == 0x80; more--, byte++)
		point = point << 6 | (*byte & 0x3fu);
	*at = (const char *)byte;
	return point;
}

static unsigned measure_character(uint32_t point, enum kg_weight weight)
{
	if (point >= ASCII_FIRST && point <= ASCII_LAST)
		return advance[weight][point - ASCII_FIRST];
	if (point >= COMBINING_FIRST && point <= COMBINING_LAST)
		return 0;
	for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i++)
		if (point >= marked[i].first && point <= marked[i].last)
			return advance[weight]
				      [((point & 1) && marked[i].alternate != marked[i].base ? marked[i].alternate
											     : marked[i].base) -
				       ASCII_FIRST];
	if ((point >= WIDE_FIRST && point < LATIN_FIRST) || point >= WIDE_AGAIN)
		return WIDTH_WIDE;
	return WIDTH_OTHER;
}

/* Blocks that fonts-noto-core lacks: East Asian scripts (fonts-noto-cjk), private use, emoji. */
static const struct {
	uint32_t first, last;
} without_glyph[] = {
	{ 0x1100, 0x11ff }, { 0x23e9, 0x23ff }, { 0x2705, 0x2705 }, { 0x270a, 0x270b },	   { 0x2728, 0x2728 },
	{ 0x274c, 0x274e }, { 0x2753, 0x2757 }, { 0x2795, 0x2797 }, { 0x27b0, 0x27bf },	   { 0x2b1b, 0x2b1c },
	{ 0x2b50, 0x2b55 }, { 0x2e80, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xa960, 0xa97f },	   { 0xac00, 0xfaff },
	{ 0xfe10, 0xfe1f }, { 0xfe30, 0xfe6f }, { 0xff00, 0xffef }, { 0x10000, 0x10ffff },
};

static bool has_glyph(uint32_t point)
{
	for (size_t i = 0; i < sizeof without_glyph / sizeof without_glyph[0]; i++)
		if (point >= without_glyph[i].first && point <= without_glyph[i].last)
			return false;
	return true;
}

const char *kg_typeface_shown(const char *text, struct kg_arena *arena)
{
	struct kg_buffer shown = kg_buffer_new(arena);

	while (*text) {
		const char *next = text;

		if (has_glyph(decode(&next)))
			kg_buffer_add_n(&shown, text, (size_t)(next - text));
		else
			kg_buffer_add(&shown, "\xef\xbf\xbd");
		text = next;
	}
	return shown.failed ? NULL : shown.text ? shown.text : "";
}

double kg_typeface_width(const struct kg_typeface *face, const char *text)
{
	double total = 0;

	while (*text) {
		unsigned width = measure_character(decode(&text), face->weight);

		if (face->fixed_advance > 0)
			total += width ? face->fixed_advance : 0;
		else
			total += width * face->size / 1000;
	}
	return total;
}

const char *kg_typeface_cut(const struct kg_typeface *face, const char *text, double width, struct kg_arena *arena)
{
	double room = width - kg_typeface_width(face, ELLIPSIS), used = 0;
	const char *at = text;

	if (kg_typeface_width(face, text) <= width)
		return text;
	while (*at) {
		const char *next = at;
		unsigned units = measure_character(decode(&next), face->weight);

		used += face->fixed_advance > 0 ? (units ? face->fixed_advance : 0) : units * face->size / 1000;
		if (used > room && at > text)
			break;
		at = next;
	}
	while (at > text && at[-1] == ' ')
		at--;
	return kg_arena_format(arena, "%.*s" ELLIPSIS, (int)(at - text), text);
}

/* End of the longest run of words from `start` that fits; a single word that does not fit stays whole. */
static const char *find_line_end(const struct kg_typeface *face, const char *start, double width,
				 struct kg_arena *arena)
{
	const char *best = NULL, *at = start;

	for (;;) {
		char *trial;

		at += strcspn(at, " _");
		at += *at == '_'; /* stays at the end of its line */
		trial = kg_arena_text_n(arena, start, (size_t)(at - start));
		if (!trial || (best && kg_typeface_width(face, trial) > width))
			return best;
		best = at;
		if (!*at)
			return best;
		at += strspn(at, " ");
	}
}

size_t kg_typeface_wrap(const struct kg_typeface *face, const char *text, double width, size_t most,
			struct kg_arena *arena, const char *const **line)
{
	const char **lines = KG_ARRAY(arena, const char *, most);
	size_t count = 0;

	*line = lines;
	for (text += strspn(text, " "); lines && *text && count < most; count++) {
		const char *end = count + 1 == most ? text + strlen(text) : find_line_end(face, text, width, arena);
		const char *whole = end ? kg_arena_text_n(arena, text, (size_t)(end - text)) : NULL;

		lines[count] = whole ? kg_typeface_cut(face, whole, width, arena) : NULL;
		if (!lines[count]) {
			*line = NULL;
			return 0;
		}
		text = end + strspn(end, " ");
	}
	return count;
}
