#include "plots/safe.h"

#include <string.h>

#include "base/text.h"

/* Characters of three bytes that steer lines or writing direction: U+200B-200F, U+2028-202E, U+2066-2069. */
static bool is_steering(const unsigned char *at)
{
	if (at[0] != 0xe2)
		return false;
	if (at[1] == 0x80)
		return (at[2] >= 0x8b && at[2] <= 0x8f) || (at[2] >= 0xa8 && at[2] <= 0xae);
	return at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9;
}

/* Bytes of a character that is dropped at `at`, 0 when it is kept; `*blank`: a blank stands for it. */
static size_t skip_length(const unsigned char *at, bool *blank)
{
	*blank = *at == '\t' || *at == '\n' || *at == '\r';
	if (*at < 0x20 || *at == 0x7f)
		return 1;
	if (*at == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f)
		return 2;
	return is_steering(at) ? 3 : 0;
}

const char *kg_safe_text(const char *text, struct kg_arena *arena)
{
	size_t left = text ? strnlen(text, KG_SAFE_MOST) : 0, length = 0;
	char *safe = kg_arena_alloc(arena, left + 1);

	while (safe && left) {
		size_t valid = kg_text_invalid_at(text, left);

		for (size_t i = 0; i < valid;) {
			bool blank;
			size_t skip = skip_length((const unsigned char *)text + i, &blank);

			if (blank)
				safe[length++] = ' ';
			else if (!skip)
				safe[length++] = text[i];
			i += skip ? skip : 1;
		}
		valid += valid < left; /* the invalid byte itself */
		text += valid;
		left -= valid;
	}
	return safe;
}

static const char *escape_tex(char character)
{
	static const struct {
		char character;
		const char *escaped;
	} special[] = {
		{ '\\', "\\textbackslash{}" },
		{ '{', "\\{" },
		{ '}', "\\}" },
		{ '$', "\\$" },
		{ '&', "\\&" },
		{ '#', "\\#" },
		{ '_', "\\_" },
		{ '%', "\\%" },
		{ '^', "\\textasciicircum{}" },
		{ '~', "\\textasciitilde{}" },
		{ '<', "\\textless{}" },
		{ '>', "\\textgreater{}" },
		{ '|', "\\textbar{}" },
		{ '"', "\\textquotedbl{}" },
		{ '`', "\\textasciigrave{}" },
	};

	for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
		if (special[i].character == character)
			return special[i].escaped;
	return NULL;
}

/* Signs that TeX's text fonts lack; all are three bytes or two in UTF-8. */
static const char *find_sign(const char *at, size_t left, size_t *length)
{
	static const char *const sign[][2] = {
		{ "−", "\\ensuremath{-}" },  { "×", "\\ensuremath{\\times}" }, { "⁰", "\\ensuremath{^0}" },
		{ "¹", "\\ensuremath{^1}" }, { "²", "\\ensuremath{^2}" },      { "³", "\\ensuremath{^3}" },
		{ "⁴", "\\ensuremath{^4}" }, { "⁵", "\\ensuremath{^5}" },      { "⁶", "\\ensuremath{^6}" },
		{ "⁷", "\\ensuremath{^7}" }, { "⁸", "\\ensuremath{^8}" },      { "⁹", "\\ensuremath{^9}" },
		{ "⁻", "\\ensuremath{^-}" },
	};

	for (size_t i = 0; i < sizeof sign / sizeof sign[0]; i++) {
		*length = strlen(sign[i][0]);
		if (*length <= left && memcmp(at, sign[i][0], *length) == 0)
			return sign[i][1];
	}
	return NULL;
}

static void add_piece(struct kg_buffer *script, const char *text, size_t length, enum kg_dialect_of_text dialect)
{
	for (size_t i = 0, step; i < length; i += step) {
		const char *escaped = dialect == KG_TEXT_TEX ? escape_tex(text[i]) : NULL;

		step = 1;
		if (!escaped && dialect == KG_TEXT_TEX)
			escaped = find_sign(text + i, length - i, &step);
		if (escaped) {
			kg_buffer_add(script, escaped);
		} else {
			kg_buffer_add_char(script, text[i]);
			step = 1;
		}
	}
}

void kg_safe_quote(struct kg_buffer *script, const char *markup, const char *text, enum kg_dialect_of_text dialect)
{
	const char *safe = kg_safe_text(text, script->arena);

	if (!safe) {
		script->failed = true;
		return;
	}
	kg_buffer_printf(script, "'%s", markup);
	for (;;) {
		size_t plain = strcspn(safe, "'"), run = strspn(safe + plain, "'");

		add_piece(script, safe, plain, dialect);
		kg_buffer_add_char(script, '\'');
		if (!run)
			return;
		kg_buffer_printf(script, ".\"%.*s\".'", (int)run, safe + plain);
		safe += plain + run;
	}
}

void kg_safe_xml(struct kg_buffer *xml, const char *text)
{
	const char *safe = kg_safe_text(text, xml->arena);

	for (; safe && *safe; safe++) {
		if (*safe == '&')
			kg_buffer_add(xml, "&amp;");
		else if (*safe == '<')
			kg_buffer_add(xml, "&lt;");
		else if (*safe == '>')
			kg_buffer_add(xml, "&gt;");
		else if (*safe == '"')
			kg_buffer_add(xml, "&quot;");
		else
			kg_buffer_add_char(xml, *safe);
	}
	xml->failed = xml->failed || !safe;
}
