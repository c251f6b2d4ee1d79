# Arrow with Parquet, as Arrow::arrow, Arrow::parquet, Arrow::compute and Arrow::acero:
# an installed Arrow if CMake finds one, else the libraries inside the pyarrow wheel of
# the Python environment (RAREWOOD_PYTHON, by default .venv in the source folder).

if(EXISTS "${PROJECT_SOURCE_DIR}/.venv/bin/python3")
  set(_python "${PROJECT_SOURCE_DIR}/.venv/bin/python3")
else()
  set(_python "python3")
endif()
set(RAREWOOD_PYTHON "${_python}" CACHE STRING "Python with the packages of requirements.txt")

# The installed packages have other target names.
function(rarewood_arrow_from_packages)
  find_package(Parquet CONFIG REQUIRED)
  find_package(ArrowCompute CONFIG QUIET)
  find_package(ArrowAcero CONFIG REQUIRED)
  add_library(Arrow::arrow ALIAS Arrow::arrow_shared)
  add_library(Arrow::parquet ALIAS Parquet::parquet_shared)
  add_library(Arrow::acero ALIAS ArrowAcero::arrow_acero_shared)
  if(TARGET ArrowCompute::arrow_compute_shared)
    add_library(Arrow::compute ALIAS ArrowCompute::arrow_compute_shared)
  else()
    add_library(Arrow::compute ALIAS Arrow::arrow_shared)
  endif()
endfunction()

function(rarewood_arrow_library name file)
  add_library(Arrow::${name} SHARED IMPORTED GLOBAL)
  set_target_properties(Arrow::${name} PROPERTIES
    IMPORTED_LOCATION "${file}"
    INTERFACE_INCLUDE_DIRECTORIES "${RAREWOOD_ARROW_INCLUDE}"
    INTERFACE_LINK_LIBRARIES "${ARGN}")
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "The pyarrow wheel has no ${file}. Run 'bash tool/setup.sh'.")
  endif()
endfunction()

function(rarewood_arrow_from_wheel)
  execute_process(
    COMMAND "${RAREWOOD_PYTHON}" -c "import pyarrow as p; print(p.get_include(), \
p.get_library_dirs()[0], p.cpp_version, sep=';', end='')"
    OUTPUT_VARIABLE found RESULT_VARIABLE failed ERROR_QUIET)
  if(failed)
    message(FATAL_ERROR "Arrow was not found: neither an installed package nor pyarrow in "
      "${RAREWOOD_PYTHON}. Run 'bash tool/setup.sh', or "
      "'${RAREWOOD_PYTHON} -m pip install -r requirements.txt'.")
  endif()
  list(GET found 0 RAREWOOD_ARROW_INCLUDE)
  list(GET found 1 folder)
  list(GET found 2 version)

  string(REGEX MATCH "^([0-9]+)\\.([0-9]+)" _ "${version}")
  math(EXPR so_version "${CMAKE_MATCH_1} * 100 + ${CMAKE_MATCH_2}")
  if(APPLE)
    set(ending ".${so_version}.dylib")
  else()
    set(ending ".so.${so_version}")
  endif()
  rarewood_arrow_library(arrow "${folder}/libarrow${ending}")
  rarewood_arrow_library(compute "${folder}/libarrow_compute${ending}" Arrow::arrow)
  rarewood_arrow_library(acero "${folder}/libarrow_acero${ending}" Arrow::compute)
  rarewood_arrow_library(parquet "${folder}/libparquet${ending}" Arrow::arrow)
  # CMake itself adds only folders outside the source folder, where .venv is not.
  list(APPEND CMAKE_INSTALL_RPATH "${folder}")
  set(CMAKE_INSTALL_RPATH "${CMAKE_INSTALL_RPATH}" PARENT_SCOPE)
  message(STATUS "Arrow ${version} from ${folder}")
endfunction()

find_package(Arrow CONFIG QUIET)
if(Arrow_FOUND)
  rarewood_arrow_from_packages()
else()
  rarewood_arrow_from_wheel()
endif()
