# Writes named tables (data frames) as JSON, a list of rows each, after the versions that they were computed with.
write_json <- function(tables, packages = c("stats")) {
  number <- function(x) ifelse(is.na(x), "null", ifelse(is.infinite(x), ifelse(x > 0, '"Infinity"', '"-Infinity"'), sprintf("%.17g", x)))
  field <- function(column) if (is.character(column)) sprintf('"%s"', column) else if (is.logical(column)) tolower(column) else number(column)
  rows <- function(table) {
    cells <- mapply(function(name, column) sprintf('"%s":%s', name, field(column)), names(table), table, SIMPLIFY = FALSE)
    paste0("    {", do.call(paste, c(cells, sep = ",")), "}", collapse = ",\n")
  }
  versions <- c(sprintf('"R":"%s"', getRversion()), sprintf('"%s":"%s"', packages, sapply(packages, function(p) as.character(packageVersion(p)))))
  body <- mapply(function(name, table) sprintf('  "%s": [\n%s\n  ]', name, rows(table)), names(tables), tables)
  cat(sprintf('{\n  "versions": {%s},\n%s\n}\n', paste(versions, collapse = ","), paste(body, collapse = ",\n")))
}
