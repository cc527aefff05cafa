/* error: the outcome of every call that can fail.
 * Ownership: the caller owns the struct; texts are copied into it. */
#ifndef KG_BASE_ERROR_H
#define KG_BASE_ERROR_H

#include <stddef.h>

/* Exit codes of the program follow from these: 0 ok, 2 usage, 1 data, 3 I/O and memory, 70 bug. */
enum kg_status { KG_OK, KG_EUSAGE, KG_EDATA, KG_EIO, KG_ENOMEM, KG_EBUG };

struct kg_error {
	enum kg_status status;
	size_t row;	  /* line of the file, header = 1; 0 = not about a row */
	char column[128]; /* name of the column; empty = not about a column */
	char file[512];	  /* name of the file as the user gave it; empty = not about a file */
	char what[768];	  /* what is wrong, lower case, then what to do */
};

#define KG_CHECKED __attribute__((warn_unused_result))
#define KG_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* Fills `error` (may be NULL) and returns `status`, so that callers write `return kg_error_set(...)`. */
enum kg_status kg_error_set(struct kg_error *error, enum kg_status status, const char *format, ...) KG_PRINTF(3, 4);

/* The same for a cell: file, line (header = 1) and column are kept apart from the text. NULL = not known. */
enum kg_status kg_error_cell(struct kg_error *error, enum kg_status status, const char *file, size_t row,
			     const char *column, const char *format, ...) KG_PRINTF(6, 7);

/* Names the file of an error that was raised where the name was not known; keeps a name already there. */
void kg_error_name_file(struct kg_error *error, const char *file);

/* Memory ran out. */
enum kg_status kg_error_memory(struct kg_error *error);

/* Writes `file:row: column 'c': what` (parts that are not known left out) into `text`. */
void kg_error_text(const struct kg_error *error, char *text, size_t size);

/* The program's exit code for a status. */
int kg_status_exit(enum kg_status status);

/* Returns from the calling function at the first status that is not KG_OK. */
#define KG_TRY(call)                                                                                                   \
	do {                                                                                                           \
		enum kg_status kg_try_status_ = (call);                                                                \
		if (kg_try_status_ != KG_OK)                                                                           \
			return kg_try_status_;                                                                         \
	} while (0)

#endif
