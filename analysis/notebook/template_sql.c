#include "notebook/template_sql.h"

#include <ctype.h>
#include <string.h>

#include "base/number.h"

/* The character that ends where `at` stands: a quote, ']', '*' (of a comment), a line end, or 0 outside of all. */
static char follow(const char *at, char inside)
{
	if (inside == '*')
		return strncmp(at, "*/", 2) == 0 ? 0 : inside;
	if (inside)
		return *at == inside ? 0 : inside;
	if (strchr("'\"`", *at))
		return *at;
	if (strncmp(at, "--", 2) == 0)
		return '\n';
	if (strncmp(at, "/*", 2) == 0)
		return '*';
	return *at == '[' ? ']' : 0;
}

static bool is_name(const char *text)
{
	const char *at = text;

	while (isalnum((unsigned char)*at) || *at == '_' || (unsigned char)*at >= 0x80)
		at++;
	return at > text && !*at;
}

/* Outside of quotes. */
static enum kg_status add_bare(const char *text, struct kg_buffer *out, struct kg_error *error)
{
	double number;

	if (kg_number_parse(text, strlen(text), '.', 0, &number) == KG_PARSED)
		kg_buffer_printf(out, *text == '-' ? "(%s)" : "%s", text);
	else if (is_name(text))
		kg_buffer_add(out, text);
	else
		return kg_error_set(error, KG_EDATA,
				    "'%s' is filled in outside of quotes in SQL, where only a number or a name fits; "
				    "write '{{...}}' between single quotes",
				    text);
	return KG_OK;
}

static void add_quoted(const char *text, char quote, struct kg_buffer *out)
{
	for (; *text; text++) {
		if (*text == quote)
			kg_buffer_add_char(out, quote);
		kg_buffer_add_char(out, *text);
	}
}

enum kg_status kg_template_sql(const char *text, const struct kg_template_fill **fill, struct kg_buffer *out,
			       struct kg_error *error)
{
	char inside = 0;

	for (const char *at = text; *at; at++) {
		if (*at != KG_TEMPLATE_MARK) {
			inside = follow(at, inside);
			kg_buffer_add_char(out, *at);
		} else if (inside && strchr("'\"`", inside)) {
			add_quoted((*fill)++->machine, inside, out);
		} else {
			KG_TRY(add_bare((*fill)++->machine, out, error));
		}
	}
	return KG_OK;
}
