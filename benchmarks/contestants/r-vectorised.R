# R, policy by policy, whole vectors at a time: a count for each year, then all of the policy's claims in one call. Base R
# only. Years are taken in chunks whose vectors stay in the cache.

CHUNK <- 16384 # years or a policy's claims, whichever are more
WARM_UP <- 0.15 # seconds, as in shared/contest.py
MEASURE <- 0.15

# For a law or a term that is not here: the contestant sits that workload out, visibly.
unsupported <- function(reason) {
  stop(structure(class = c("unsupported", "error", "condition"), list(message = reason, call = NULL)))
}

# Base R reads no JSON, but JSON is nearly R: `{"a": [1, true]}` is `list("a" = list(1, TRUE))`.
read_json <- function(path) {
  text <- paste(readLines(path, warn = FALSE), collapse = " ")
  tokens <- regmatches(text, gregexpr('"([^"\\\\]|\\\\.)*"|[][{}:,]|[^][{}:,"[:space:]]+', text))[[1]]
  words <- c(
    "{" = "list(", "[" = "list(", "}" = ")", "]" = ")", ":" = "=",
    "true" = "TRUE", "false" = "FALSE", "null" = "NULL"
  )
  known <- tokens %in% names(words)
  tokens[known] <- words[tokens[known]]
  eval(parse(text = paste(tokens, collapse = ""), keep.source = FALSE))
}

refuse_unknown <- function(found, known) {
  unknown <- setdiff(names(found), known)
  if (length(unknown) > 0) unsupported(paste("no term or parameter", unknown[1]))
}

value <- function(found, otherwise) if (is.null(found)) otherwise else found

law_of <- function(laws, spec) {
  law <- laws[[spec$law]]
  if (is.null(law)) unsupported(paste("no law", spec$law))
  refuse_unknown(spec, c("law", law$parameters))
  law$draw <- do.call(law$make, spec[law$parameters])
  law
}

# Each law: its parameters, and what makes a function of n that draws n.
severities <- list(
  lognormal = list(
    parameters = c("meanlog", "sdlog"),
    make = function(meanlog, sdlog) function(n) exp(rnorm(n, meanlog, sdlog)) # rlnorm does the same, a little slower
  ),
  gamma = list(
    parameters = c("shape", "scale"),
    make = function(shape, scale) function(n) rgamma(n, shape, scale = scale)
  ),
  exponential = list(parameters = "scale", make = function(scale) function(n) scale * rexp(n)),
  pareto = list(
    parameters = c("shape", "scale"),
    make = function(shape, scale) function(n) scale * expm1(rexp(n) / shape)
  )
)

# Copies with no aggregate term between are one policy: their counts add up to one law.
counts <- list(
  poisson = list(
    parameters = "lambda",
    make = function(lambda) function(n, copies) rpois(n, lambda * copies),
    mean = function(spec) spec$lambda
  ),
  negativeBinomial = list(
    parameters = c("size", "prob"),
    make = function(size, prob) function(n, copies) rnbinom(n, size * copies, prob),
    mean = function(spec) spec$size * (1 - spec$prob) / spec$prob
  )
)

policy_of <- function(policy) {
  terms <- policy$terms
  refuse_unknown(terms, c("occurrence", "aggregate", "insurerShare"))
  refuse_unknown(terms$occurrence, c("deductible", "attachment", "limit"))
  refuse_unknown(terms$aggregate, c("deductible", "limit"))
  aggregate <- c(value(terms$aggregate$deductible, 0), value(terms$aggregate$limit, Inf))
  has_aggregate <- aggregate[1] > 0 || aggregate[2] < Inf
  copies <- value(policy$copies, 1)
  merged <- if (has_aggregate) 1 else copies
  count <- law_of(counts, policy$frequency)
  list(
    copies = copies / merged,
    merged = merged,
    mean_count = count$mean(policy$frequency) * merged,
    count = count$draw,
    amounts = law_of(severities, policy$severity)$draw,
    deductible = value(terms$occurrence$deductible, 0) + value(terms$occurrence$attachment, 0),
    limit = value(terms$occurrence$limit, Inf),
    share = value(terms$insurerShare, 1),
    has_aggregate = has_aggregate,
    aggregate = aggregate
  )
}

# Adds the losses of one copy of a policy to the years' totals. Only years with claims are touched after the count.
add_years <- function(total, policy) {
  claims <- policy$count(length(total), policy$merged)
  hit <- which(claims > 0L)
  if (length(hit) == 0) return(total)
  ends <- cumsum(claims[hit])
  paid <- policy$amounts(ends[length(ends)])
  if (policy$deductible > 0) {
    paid <- paid - policy$deductible
    paid[paid < 0] <- 0 # quicker than pmax
  }
  if (policy$limit < Inf) paid[paid > policy$limit] <- policy$limit
  # Sums of runs of claims are differences of running sums, which R keeps in 80 bits while it adds.
  sums <- cumsum(paid)[ends]
  years <- sums - c(0, sums[-length(sums)])
  if (policy$has_aggregate) years <- pmin(pmax(years - policy$aggregate[1], 0), policy$aggregate[2])
  total[hit] <- total[hit] + policy$share * years
  total
}

run <- function(policies, trials, seed) {
  set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Kinderman-Ramage") # 19 ns; R's default 33
  mean_count <- mean(vapply(policies, function(policy) policy$mean_count, 0))
  chunk <- max(1024, floor(CHUNK / max(1, mean_count)))
  totals <- lapply(seq(1, trials, by = chunk), function(start) {
    total <- numeric(min(chunk, trials - start + 1))
    for (policy in policies) {
      for (copy in seq_len(policy$copies)) total <- add_years(total, policy)
    }
    total
  })
  total <- unlist(totals)
  c(mean(total), sd(total))
}

seconds <- function(names) sum(proc.time()[names])
wall <- function() seconds("elapsed")
cpu <- function() seconds(c("user.self", "sys.self"))

peak_bytes <- function() {
  if (!file.exists("/proc/self/status")) return("null")
  line <- grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)
  sprintf("%.0f", 1024 * as.numeric(gsub("[^0-9]", "", line)))
}

contest <- function(path, trials, seed) {
  policies <- lapply(read_json(path)$policies, policy_of)
  start <- wall()
  n <- 1024
  while (wall() - start < WARM_UP) {
    run(policies, min(n, trials), seed)
    n <- 2 * n
  }
  runs <- 0
  wall_before <- wall()
  cpu_before <- cpu()
  while (runs == 0 || wall() - wall_before < MEASURE) {
    answer <- run(policies, trials, seed)
    runs <- runs + 1
  }
  times <- c(wall() - wall_before, cpu() - cpu_before) / runs
  cat(sprintf(
    '{"mean": %.17g, "sd": %.17g, "seconds": %.9g, "cpuSeconds": %.9g, "peakBytes": %s, "versions": {"r": "%s"}}\n',
    answer[1], answer[2], times[1], times[2], peak_bytes(), paste(R.version$major, R.version$minor, sep = ".")
  ))
}

words <- commandArgs(trailingOnly = TRUE)
tryCatch(
  contest(words[1], as.numeric(words[2]), as.numeric(words[3])),
  unsupported = function(reason) cat(sprintf('{"skipped": "%s"}\n', conditionMessage(reason)))
)
