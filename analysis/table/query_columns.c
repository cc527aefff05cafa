#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "table/query.h"

/* Longer names than this are not looked for; all columns are then read. */
#define NAME_MOST 256

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Next name in `*at`, bare or in any kind of quotes (texts included, since SQL takes them for names in places).
 * False at the end; `name` is empty when the name is too long to hold. */
static bool next_name(const char **at, char name[NAME_MOST])
{
	size_t length = 0;
	char close;

	while (**at && !is_letter(**at) && !strchr("\"'`[", **at))
		(*at)++;
	if (!**at)
		return false;
	close = is_letter(**at) ? 0 : **at == '[' ? ']' : **at;
	*at += close != 0;
	for (; **at; (*at)++) {
		if (close ? **at == close && (*at)[1] != close : !is_letter(**at))
			break;
		*at += close && **at == close;
		if (length < NAME_MOST)
			name[length] = **at;
		length++;
	}
	*at += close && **at;
	name[length < NAME_MOST ? length : 0] = '\0';
	return true;
}

/* A whole query may mean every column by a star or a natural join; an expression cannot. */
static bool may_mean_all(const char *sql)
{
	sql += strspn(sql, " \t\r\n(");
	if (strncasecmp(sql, "select", 6) != 0 && strncasecmp(sql, "with", 4) != 0 && strncmp(sql, "--", 2) != 0 &&
	    strncmp(sql, "/*", 2) != 0)
		return false;
	return strchr(sql, '*') || strcasestr(sql, "natural") || strcasestr(sql, "table");
}

/* Marks the columns of that name. An unknown name that resembles a column may be a slip, whose message needs all
 * names: true then. */
static bool mark_name(const char *name, const char *const *column, size_t count, bool *used)
{
	bool found = false;

	for (size_t j = 0; j < count; j++)
		if (strcasecmp(column[j], name) == 0)
			used[j] = found = true;
	return !found && !isdigit((unsigned char)name[0]) && kg_text_nearest(name, column, count);
}

/* `n_low` and `n_high` are the range of the bounds in `n`. */
static void mark_bounds(const char *name, const char *const *column, size_t count, bool *used)
{
	size_t length = strlen(name);

	for (size_t j = 0; j < count; j++) {
		size_t stem = strlen(column[j]);

		if (length > stem && strncasecmp(name, column[j], stem) == 0 &&
		    (strcasecmp(name + stem, "_low") == 0 || strcasecmp(name + stem, "_high") == 0))
			used[j] = true;
	}
}

void kg_query_columns(const char *const *sql, size_t nsql, const char *const *column, size_t count, bool *used)
{
	char name[NAME_MOST];
	bool all = false;

	memset(used, 0, count * sizeof *used);
	for (size_t i = 0; i < nsql; i++) {
		const char *at = sql[i];

		all = all || may_mean_all(sql[i]);
		while (!all && next_name(&at, name)) {
			mark_bounds(name, column, count, used);
			all = !name[0] || mark_name(name, column, count, used);
		}
	}
	for (size_t j = 0; all && j < count; j++)
		used[j] = true;
}
