#include "base/message.h"

#include <float.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/catalogue.h"
#include "base/number.h"

enum { ARGUMENTS_MOST = 24, TEXT_MOST = 4096, SPEC_MOST = 32, DIGITS = 6 };

static const char *const code[KG_LANGUAGES] = { [KG_ENGLISH] = "en", [KG_VIETNAMESE] = "vi" };
static const char decimal[KG_LANGUAGES] = { [KG_ENGLISH] = '.', [KG_VIETNAMESE] = ',' };

enum kg_language kg_language_find(const char *name)
{
	for (int i = 0; name && i < KG_LANGUAGES; i++)
		if (strcmp(code[i], name) == 0)
			return (enum kg_language)i;
	return KG_ENGLISH;
}

const char *kg_language_code(enum kg_language language)
{
	return code[language];
}

const char *kg_translate(enum kg_language language, const char *english)
{
	const char *found = *english ? kg_catalogue_find(&kg_catalogues[language], english) : NULL;

	return found && *found ? found : english;
}

enum type { INTEGER, REAL, TEXT };

struct argument {
	enum type type;
	long long integer;
	double real;
	const char *text;
};

/* One conversion: "%2$-5.*f" has place 2, flags "-5", a starred precision and the letter 'f'. */
struct spec {
	int place; /* from 1; 0 = the next */
	char flags[SPEC_MOST];
	bool star;
	char size; /* 0, 'l', 'q' for ll, 'z' */
	char letter;
};

/* Reads the conversion behind a '%'; returns what follows it. */
static const char *read_spec(const char *at, struct spec *spec)
{
	size_t length = strspn(at, "0123456789"), used = 0;

	*spec = (struct spec){ 0 };
	if (length && at[length] == '$') {
		spec->place = atoi(at);
		at += length + 1;
	}
	for (; *at && strchr("-+ #'0123456789.*", *at); at++) {
		spec->star |= *at == '*';
		if (used + 1 < sizeof spec->flags)
			spec->flags[used++] = *at;
	}
	for (; *at == 'l' || *at == 'z'; at++)
		spec->size = *at == 'z' ? 'z' : spec->size ? 'q' : 'l';
	spec->letter = *at;
	return *at ? at + 1 : at;
}

struct arguments {
	struct argument value[ARGUMENTS_MOST];
	int count;
};

static void take_integer(struct arguments *arguments, const struct spec *spec, va_list *list)
{
	bool is_signed = spec->letter == 'd' || spec->letter == 'i' || spec->letter == 'c';
	struct argument *taken = &arguments->value[arguments->count++];

	taken->type = INTEGER;
	if (spec->size == 'z')
		taken->integer = (long long)va_arg(*list, size_t);
	else if (spec->size == 'q')
		taken->integer = va_arg(*list, long long);
	else if (spec->size == 'l')
		taken->integer = is_signed ? va_arg(*list, long) : (long long)va_arg(*list, unsigned long);
	else
		taken->integer = is_signed ? va_arg(*list, int) : (long long)va_arg(*list, unsigned);
}

/* The arguments, as the English text says their types. */
static void take_arguments(const char *english, struct arguments *arguments, va_list *list)
{
	struct spec spec;

	while ((english = strchr(english, '%')) && arguments->count + 1 < ARGUMENTS_MOST) {
		english = read_spec(english + 1, &spec);
		if (spec.letter == '%')
			continue;
		if (spec.star)
			take_integer(arguments, &(struct spec){ .letter = 'd' }, list);
		if (spec.letter == 's')
			arguments->value[arguments->count++] =
			    (struct argument){ .type = TEXT, .text = va_arg(*list, const char *) };
		else if (strchr("feg", spec.letter))
			arguments->value[arguments->count++] =
			    (struct argument){ .type = REAL, .real = va_arg(*list, double) };
		else
			take_integer(arguments, &spec, list);
	}
}

struct writing {
	char text[TEXT_MOST];
	size_t length;
	enum kg_language language;
	int next; /* argument, from 0 */
	struct kg_arena *arena;
};

/* At most `most` bytes of `length`, never half a letter. */
static size_t cut(const char *text, size_t length, size_t most)
{
	if (length <= most)
		return length;
	while (most && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return most;
}

static void add_bytes(struct writing *writing, const char *bytes, size_t length)
{
	size_t room = sizeof writing->text - 1 - writing->length;

	length = cut(bytes, length, room);
	memcpy(writing->text + writing->length, bytes, length);
	writing->length += length;
	writing->text[writing->length] = '\0';
}

/* Length of a number without the zeros behind its decimal character that say nothing; scientific ones stay. */
static size_t trim_zeros(const char *text, size_t length, enum kg_language language)
{
	const char *point = memchr(text, decimal[language], length);
	size_t kept = length;

	if (!point || strspn(point + 1, "0123456789") != strlen(point + 1))
		return length;
	while (text[kept - 1] == '0')
		kept--;
	return text + kept - 1 == point ? kept - 1 : kept;
}

/* With the flag ' a number is written as tables write it; in full, by 15 digits, without zeros that say nothing. */
static bool add_displayed(struct writing *writing, const struct spec *spec, const struct argument *argument)
{
	const char *point = strchr(spec->flags, '.');
	int digits = point ? atoi(point + 1) : DIGITS;
	struct kg_buffer text;

	if (!strchr(spec->flags, '\''))
		return false;
	text = kg_buffer_new(writing->arena);
	if (argument->type == INTEGER)
		kg_number_fixed(&text, (double)argument->integer, 0, writing->language);
	else
		kg_number_display(&text, argument->real, digits, writing->language);
	if (text.text)
		add_bytes(writing, text.text,
			  digits == DBL_DIG && argument->type == REAL
			      ? trim_zeros(text.text, text.length, writing->language)
			      : text.length);
	return true;
}

static void add_number(struct writing *writing, const struct spec *spec, const struct argument *argument, int star)
{
	char format[SPEC_MOST + 8], text[512], *point;

	if (add_displayed(writing, spec, argument))
		return;
	if (argument->type == INTEGER)
		snprintf(format, sizeof format, "%%%s%s%c", spec->flags, spec->letter == 'c' ? "" : "ll", spec->letter);
	else
		snprintf(format, sizeof format, "%%%s%c", spec->flags, spec->letter);
	if (argument->type == REAL && spec->star)
		snprintf(text, sizeof text, format, star, argument->real);
	else if (spec->star)
		snprintf(text, sizeof text, format, star, argument->integer);
	else if (argument->type == REAL)
		snprintf(text, sizeof text, format, argument->real);
	else if (spec->letter == 'c')
		snprintf(text, sizeof text, format, (int)argument->integer);
	else
		snprintf(text, sizeof text, format, argument->integer);
	point = argument->type == REAL ? strchr(text, '.') : NULL;
	if (point)
		*point = decimal[writing->language];
	add_bytes(writing, text, strlen(text));
}

/* Bytes of a text that its precision allows ("%.60s", "%.*s"), never half a letter. */
static void add_text(struct writing *writing, const struct spec *spec, const char *text, int star)
{
	const char *point = strchr(spec->flags, '.');
	size_t most = !point ? SIZE_MAX : spec->star ? (size_t)(star > 0 ? star : 0) : (size_t)atoi(point + 1);

	add_bytes(writing, text, cut(text, strlen(text), most));
}

/* One text for each language, each behind this sign. */
#define OF_LANGUAGE '\x01'

const char *kg_message_argument(struct kg_arena *arena, const struct kg_message *texts)
{
	struct kg_buffer packed = kg_buffer_new(arena);

	for (int i = 0; i < KG_LANGUAGES; i++)
		kg_buffer_printf(&packed, "%c%s", OF_LANGUAGE, texts->in[i] ? texts->in[i] : "");
	return packed.text;
}

const char *kg_message_pack(struct kg_arena *arena, const struct kg_message *texts)
{
	bool same = true;

	for (int i = 1; i < KG_LANGUAGES; i++)
		same &= texts->in[i] == texts->in[0] ||
			(texts->in[i] && texts->in[0] && strcmp(texts->in[i], texts->in[0]) == 0);
	return same ? texts->in[0] : kg_message_argument(arena, texts);
}

const char *kg_message_text(const char *argument, enum kg_language language, struct kg_arena *arena)
{
	const char *text = argument, *end;

	if (*text != OF_LANGUAGE)
		return text;
	for (int i = 0; i < (int)language && text; i++)
		text = strchr(text + 1, OF_LANGUAGE);
	if (!text)
		return "";
	end = strchr(text + 1, OF_LANGUAGE);
	return end ? kg_arena_format(arena, "%.*s", (int)(end - text - 1), text + 1) : text + 1;
}

static void add_conversion(struct writing *writing, const struct spec *spec, const struct arguments *arguments)
{
	int at = spec->place ? spec->place - 1 : writing->next, star = 0;
	const struct argument *argument;

	if (spec->star && at < arguments->count)
		star = (int)arguments->value[at++].integer;
	writing->next = at + 1;
	if (at < 0 || at >= arguments->count)
		return;
	argument = &arguments->value[at];
	if (argument->type == TEXT) {
		const char *text = argument->text ? kg_message_text(argument->text, writing->language, writing->arena) : "";

		add_text(writing, spec, text ? text : "", star);
	}
	else
		add_number(writing, spec, argument, star);
}

static const char *write_message(const char *format, enum kg_language language, const struct arguments *arguments,
				 struct kg_arena *arena)
{
	struct writing writing = { .language = language, .arena = arena };
	struct spec spec;

	while (*format) {
		size_t plain = strcspn(format, "%");

		add_bytes(&writing, format, plain);
		format += plain;
		if (!*format)
			break;
		format = read_spec(format + 1, &spec);
		if (spec.letter == '%')
			add_bytes(&writing, "%", 1);
		else
			add_conversion(&writing, &spec, arguments);
	}
	return kg_arena_text(arena, writing.text);
}

struct kg_message kg_message_format(struct kg_arena *arena, const char *english, va_list list)
{
	struct arguments arguments = { .count = 0 };
	struct kg_message message;
	va_list copy;

	va_copy(copy, list);
	take_arguments(english, &arguments, &copy);
	va_end(copy);
	for (int i = 0; i < KG_LANGUAGES; i++) {
		enum kg_language language = (enum kg_language)i;

		message.in[i] = write_message(kg_translate(language, english), language, &arguments, arena);
	}
	return message;
}

struct kg_message kg_message_make(struct kg_arena *arena, const char *english, ...)
{
	struct kg_message message;
	va_list list;

	va_start(list, english);
	message = kg_message_format(arena, english, list);
	va_end(list);
	return message;
}
