/* digest: SHA-256 of what a block depends on, cut to eight hexadecimal digits: enough to see that something changed. */
#ifndef KG_NOTEBOOK_DIGEST_H
#define KG_NOTEBOOK_DIGEST_H

#include <nettle/sha2.h>

#include "base/error.h"

#define KG_DIGEST_SIZE 9 /* eight digits and a NUL */

struct kg_digest {
	struct sha256_ctx state;
};

struct kg_digest kg_digest_new(void);
void kg_digest_add(struct kg_digest *digest, const void *bytes, size_t length);

/* Adds a text and a mark after it, so that "ab","c" and "a","bc" differ. */
void kg_digest_text(struct kg_digest *digest, const char *text);

void kg_digest_end(struct kg_digest *digest, char hex[KG_DIGEST_SIZE]);

/* Adds the bytes of a file. KG_EIO: it cannot be read. */
enum kg_status kg_digest_file(struct kg_digest *digest, const char *path, struct kg_error *error) KG_CHECKED;

#endif
