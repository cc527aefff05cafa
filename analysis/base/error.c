#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill_what(struct kg_error *error, enum kg_status status, const char *format, va_list list)
{
	memset(error, 0, sizeof *error);
	error->status = status;
	vsnprintf(error->what, sizeof error->what, format, list);
}

enum kg_status kg_error_set(struct kg_error *error, enum kg_status status, const char *format, ...)
{
	va_list list;

	if (!error)
		return status;
	va_start(list, format);
	fill_what(error, status, format, list);
	va_end(list);
	return status;
}

enum kg_status kg_error_cell(struct kg_error *error, enum kg_status status, const char *file, size_t row,
			     const char *column, const char *format, ...)
{
	va_list list;

	if (!error)
		return status;
	va_start(list, format);
	fill_what(error, status, format, list);
	va_end(list);
	error->row = row;
	snprintf(error->file, sizeof error->file, "%s", file ? file : "");
	snprintf(error->column, sizeof error->column, "%s", column ? column : "");
	return status;
}

void kg_error_name_file(struct kg_error *error, const char *file)
{
	if (error && file && !error->file[0])
		snprintf(error->file, sizeof error->file, "%s", file);
}

enum kg_status kg_error_memory(struct kg_error *error)
{
	return kg_error_set(error, KG_ENOMEM,
			    "out of memory; close other programs, or fold the input with --aggregate");
}

void kg_error_text(const struct kg_error *error, char *text, size_t size)
{
	char place[32] = "", column[160] = "";

	if (error->row)
		snprintf(place, sizeof place, error->file[0] ? ":%zu" : "row %zu", error->row);
	if (error->column[0])
		snprintf(column, sizeof column, "column '%s': ", error->column);
	snprintf(text, size, "%s%s%s%s%s", error->file, place, error->file[0] || error->row ? ": " : "", column,
		 error->what);
}

int kg_status_exit(enum kg_status status)
{
	switch (status) {
	case KG_OK:
		return 0;
	case KG_EDATA:
		return 1;
	case KG_EUSAGE:
		return 2;
	case KG_EIO:
	case KG_ENOMEM:
		return 3;
	case KG_EBUG:
		break;
	}
	return 70;
}
