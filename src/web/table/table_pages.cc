#include "web/table/table_pages.h"

#include "web/table/resource_page.h"

namespace minato::web {

std::vector<PageRow> table_pages() {
  return {{"/dataset/{id}/resource/{rid}", "showResource", resource_page},
          {"/dataset/{id}/dictionary/{rid}", "showDictionary", dictionary_page}};
}

}  // namespace minato::web
