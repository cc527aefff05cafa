#include "notebook/page.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <string.h>

#include "report/html.h"

/* Headings below this level are not in the contents. */
#define CONTENTS_LEVEL 3

/* The digest by which the page allows its own script and no other. */
static void add_script_digest(struct kg_buffer *out)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	char text[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
	struct sha256_ctx state;

	sha256_init(&state);
	sha256_update(&state, strlen(kg_page_script), (const uint8_t *)kg_page_script);
	sha256_digest(&state, sizeof digest, digest);
	base64_encode_raw(text, sizeof digest, digest);
	kg_buffer_add_n(out, text, sizeof text - 1);
}

static void add_head(const struct kg_page *page, struct kg_buffer *out)
{
	kg_buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
			 page->language == KG_VIETNAMESE ? "vi" : "en");
	kg_buffer_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
			   "style-src 'unsafe-inline'; img-src data:; script-src 'sha256-");
	add_script_digest(out);
	kg_buffer_add(out, "'\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" "
			   "content=\"keng\">\n<title>");
	kg_html_text(out, page->title);
	kg_buffer_add(out, "</title>\n<style>");
	kg_buffer_add(out, kg_page_style);
	kg_buffer_add(out, "</style>\n</head>\n");
}

static void add_contents(const struct kg_page *page, struct kg_buffer *out)
{
	const char *contents = kg_translate(page->language, "Contents");

	if (page->nheading < 2 || page->paper)
		return;
	kg_buffer_printf(out, "<nav aria-label=\"%s\">\n<p>%s</p>\n<ul>\n", contents, contents);
	for (size_t i = 0; i < page->nheading; i++) {
		if (page->heading[i].level > CONTENTS_LEVEL)
			continue;
		kg_buffer_printf(out, "<li class=\"level-%d\"><a href=\"#%s\">", page->heading[i].level,
				 page->heading[i].id);
		kg_html_text(out, page->heading[i].text);
		kg_buffer_add(out, "</a></li>\n");
	}
	kg_buffer_add(out, "</ul>\n</nav>\n");
}

static void add_banner(const struct kg_page *page, struct kg_buffer *out)
{
	if (!page->synthetic)
		return;
	kg_buffer_printf(
	    out, "<p class=\"banner\" role=\"note\"><strong>%s.</strong> %s</p>\n",
	    kg_translate(page->language, "Synthetic data"),
	    kg_translate(page->language, "At least one result on this page is computed from synthetic data."));
}

/* On paper the title of the document is its title; on a page it is a heading below the link that leaps over it. */
static void add_title(const struct kg_page *page, struct kg_buffer *out)
{
	if (page->paper) {
		kg_buffer_add(out, "<body>\n<header>\n");
		return;
	}
	kg_buffer_printf(out, "<body%s data-copy=\"%s\" data-copied=\"%s\">\n",
			 page->nheading < 2 ? " class=\"plain\"" : "", kg_translate(page->language, "Copy table"),
			 kg_translate(page->language, "Copied"));
	kg_buffer_printf(out, "<a class=\"skip\" href=\"#main\">%s</a>\n<header>\n<h1>",
			 kg_translate(page->language, "Skip to the text"));
	kg_html_text(out, page->title);
	kg_buffer_add(out, "</h1>\n");
}

enum kg_status kg_page_write(const struct kg_page *page, struct kg_buffer *out, struct kg_error *error)
{
	add_head(page, out);
	add_title(page, out);
	if (page->byline) {
		kg_buffer_add(out, "<p class=\"byline\">");
		kg_html_text(out, page->byline);
		kg_buffer_add(out, "</p>\n");
	}
	add_banner(page, out);
	kg_buffer_add(out, "</header>\n");
	add_contents(page, out);
	kg_buffer_add(out, "<main id=\"main\">\n");
	kg_buffer_add(out, page->body);
	kg_buffer_add(out, "</main>\n<footer><p>");
	kg_html_text(out, page->footer);
	kg_buffer_add(out, "</p></footer>\n");
	if (!page->paper)
		kg_buffer_printf(out, "<script>%s</script>\n", kg_page_script);
	kg_buffer_add(out, "</body>\n</html>\n");
	return kg_buffer_check(out, error);
}
