# XGBoost and LightGBM as targets Boosters::xgboost and Boosters::lightgbm: the headers of their C
# APIs, from the cache tool/headers.sh fills. The libraries themselves, inside the wheels of the
# Python environment, are loaded when a learner needs them (docs/decision/boosters.md): here they
# must only be there, and their folders become part of the RUNPATH.

# rarewood_booster(NAME package module file header): one of the two. Its users see NAME_FILE, the
# file name to load, in capitals.
function(rarewood_booster name package module file header)
  execute_process(
    COMMAND "${RAREWOOD_PYTHON}" -c "import importlib.metadata as m, importlib.util as u, pathlib; \
print(m.version('${package}'), pathlib.Path(u.find_spec('${module}').origin).parent, sep=';', end='')"
    OUTPUT_VARIABLE found RESULT_VARIABLE failed ERROR_QUIET)
  if(failed)
    message(FATAL_ERROR "${package} was not found in ${RAREWOOD_PYTHON}. "
      "Run 'bash tool/setup.sh', or '${RAREWOOD_PYTHON} -m pip install -r requirements.txt'.")
  endif()
  list(GET found 0 version)
  list(GET found 1 folder)
  if(NOT EXISTS "${folder}/lib/${file}")
    message(FATAL_ERROR "The ${package} wheel has no lib/${file}. Run 'bash tool/setup.sh'.")
  endif()
  set(include "${RAREWOOD_HEADERS}/${package}-${version}")
  if(NOT EXISTS "${include}/${header}")
    message(FATAL_ERROR "The headers of ${package} ${version} are not in ${include}. "
      "Run 'bash tool/headers.sh'.")
  endif()
  string(TOUPPER "${name}" upper)
  add_library(Boosters::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(Boosters::${name} SYSTEM INTERFACE "${include}")
  target_compile_definitions(Boosters::${name} INTERFACE ${upper}_FILE="${file}")
  list(APPEND CMAKE_INSTALL_RPATH "${folder}/lib")
  set(CMAKE_INSTALL_RPATH "${CMAKE_INSTALL_RPATH}" PARENT_SCOPE)
  message(STATUS "${package} ${version} from ${folder}")
endfunction()

if(DEFINED ENV{XDG_CACHE_HOME})
  set(_cache "$ENV{XDG_CACHE_HOME}")
else()
  set(_cache "$ENV{HOME}/.cache")
endif()
set(RAREWOOD_HEADERS "${_cache}/rarewood/headers" CACHE PATH "Headers tool/headers.sh has fetched")

rarewood_booster(xgboost xgboost-cpu xgboost
  "${CMAKE_SHARED_LIBRARY_PREFIX}xgboost${CMAKE_SHARED_LIBRARY_SUFFIX}" xgboost/c_api.h)
rarewood_booster(lightgbm lightgbm lightgbm
  "${CMAKE_SHARED_LIBRARY_PREFIX}_lightgbm${CMAKE_SHARED_LIBRARY_SUFFIX}" LightGBM/c_api.h)
