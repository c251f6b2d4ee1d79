"""An MLflow server in memory: as much of its REST interface as runs need, and it can break down."""

import contextlib
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

API = "/api/2.0/mlflow/"
FILES = "/api/2.0/mlflow-artifacts/artifacts/"
ABSENT = {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no such thing"}
CONSTRAINT = {"error_code": "BAD_REQUEST", "message": "UNIQUE constraint failed: datasets"}
THERE = {"error_code": "RESOURCE_ALREADY_EXISTS", "message": "it is there"}


def texts(items):
    return {item["key"]: item["value"] for item in items}


class FakeMlflow:
    """State of the server. fail(number, request) says what goes wrong with a request, or None:

    before, after: it hangs up without an answer, before or after it did what it was asked;
    never: it does it and leaves the client waiting;
    refused: it answers as MLflow does for its data base;
    an event: it does it once the event is set, and serves others meanwhile;
    a number: it answers with that status. One that is `old` knows no models.
    """

    def __init__(self):
        self.old, self.asked = False, []
        self.experiments, self.runs, self.models, self.registered = {}, {}, {}, {}
        self.versions, self.files = [], {}
        self.requests = 0
        self.fail = lambda number, request: None

    # Each call by its method and path; a query comes as the body.

    def get_experiments_get_by_name(self, body):
        number = self.experiments.get(body["experiment_name"])
        return {"experiment": {"experiment_id": number}} if number else ABSENT

    def post_experiments_create(self, body):
        self.experiments[body["name"]] = str(len(self.experiments) + 1)
        return {"experiment_id": self.experiments[body["name"]]}

    def found(self, things, body):
        """Those with the tag of the filter "tags.`key` = 'value'"."""
        key, value = body["filter"].split("`")[1], body["filter"].split("'")[1]
        return [thing for thing in things.values() if thing["tags"].get(key) == value]

    def post_runs_search(self, body):
        return {"runs": [{"info": run["info"]} for run in self.found(self.runs, body)]}

    def post_runs_create(self, body):
        name = f"run{len(self.runs)}"
        info = {"run_id": name, "artifact_uri": f"mlflow-artifacts:/1/{name}/artifacts"}
        self.runs[name] = {"info": info, "tags": texts(body["tags"]), "params": {}, "metrics": set()}
        self.runs[name] |= {"datasets": {}, "outputs": [], "status": "RUNNING"}
        return {"run": {"info": info}}

    def post_runs_log_batch(self, body):
        run = self.runs[body["run_id"]]
        run["params"] |= texts(body["params"])
        run["tags"] |= texts(body["tags"])
        for item in body["metrics"]:
            point = (item["key"], item["step"], item["timestamp"], item["value"])
            run["metrics"].add(point)
            if "model_id" in item:
                self.models[item["model_id"]]["metrics"].add(point)
        return {}

    def post_runs_log_inputs(self, body):
        for item in body["datasets"]:
            table = item["dataset"]
            self.runs[body["run_id"]]["datasets"][table["name"], table["digest"]] = table
        return {}

    def post_runs_update(self, body):
        self.runs[body["run_id"]]["status"] = body["status"]
        return {}

    def get_runs_get(self, body):
        run = self.runs[body["run_id"]]
        outputs = [{"model_id": model} for model in run["outputs"]]
        return {"run": {"info": run["info"], "outputs": {"model_outputs": outputs}}}

    def post_runs_outputs(self, body):
        self.runs[body["run_id"]]["outputs"] += [model["model_id"] for model in body["models"]]
        return {}

    def post_logged_models_search(self, body):
        return {"models": [{"info": model["info"]} for model in self.found(self.models, body)]}

    def post_logged_models(self, body):
        name = f"m-{len(self.models)}"
        uri = f"mlflow-artifacts:/1/models/{name}/artifacts"
        info = {"model_id": name, "artifact_uri": uri, "name": body["name"]}
        self.models[name] = {"info": info, "tags": texts(body["tags"]), "metrics": set()}
        self.models[name] |= {"status": "PENDING", "run": body["source_run_id"]}
        return {"model": {"info": info}}

    def patch_logged_models(self, body):
        self.models[body["model_id"]]["status"] = body["status"]
        return {}

    def get_registered_models_get(self, body):
        aliases = self.registered.get(body["name"])
        if aliases is None:
            return ABSENT
        listed = [{"alias": alias, "version": version} for alias, version in aliases.items()]
        return {"registered_model": {"name": body["name"], "aliases": listed}}

    def post_registered_models_create(self, body):
        if body["name"] in self.registered:
            return THERE
        self.registered[body["name"]] = {}
        return {}

    def get_model_versions_search(self, body):
        key, wanted = body["filter"].split(" ")[0], body["filter"].split("'")[1]
        found = [each for each in self.versions if each[key] == wanted]
        if "version_number DESC" in body.get("order_by", ""):
            found = found[::-1]
        start, most = int(body.get("page_token", 0)), int(body.get("max_results", 10000))
        page = {"model_versions": found[start : start + most]}
        return page | ({"next_page_token": str(start + most)} if start + most < len(found) else {})

    def post_model_versions_create(self, body):
        if body["name"] not in self.registered:
            return ABSENT
        number = sum(each["name"] == body["name"] for each in self.versions) + 1
        self.versions.append(body | {"version": str(number)})
        return {"model_version": self.versions[-1]}

    def get_model_versions_get(self, body):
        wanted = (body["name"], body["version"])
        found = [each for each in self.versions if (each["name"], each["version"]) == wanted]
        return {"model_version": found[0]} if found else ABSENT

    def post_model_versions_set_tag(self, body):
        (version,) = [each for each in self.versions if each["version"] == body["version"]]
        tags = texts(version["tags"]) | {body["key"]: body["value"]}
        version["tags"] = [{"key": key, "value": value} for key, value in tags.items()]
        return {}

    def delete_model_versions_delete(self, body):
        wanted = (body["name"], body["version"])
        self.versions = [each for each in self.versions if (each["name"], each["version"]) != wanted]
        return {}

    def post_runs_delete(self, body):
        self.runs.pop(body["run_id"], None)
        return {}

    def get_registered_models_alias(self, body):
        version = self.registered[body["name"]].get(body["alias"])
        return self.get_model_versions_get({"name": body["name"], "version": version})

    def post_registered_models_alias(self, body):
        self.registered[body["name"]][body["alias"]] = body["version"]
        return {}

    def answer(self, method, address, sent):
        path = urlsplit(address).path
        if path.startswith(FILES):
            self.files[unquote(path.removeprefix(FILES))] = sent
            return {}
        call = path.removeprefix(API)
        if self.old and call.startswith(("logged-models", "runs/outputs")):
            return None
        if method == "PATCH":  # of a model named in the path and in the body
            call = call.rsplit("/", 1)[0]
        name = f"{method}_{call}".lower().replace("-", "_").replace("/", "_")
        query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        return getattr(self, name)(json.loads(sent) if sent else query)


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # of connections that wait; with Python's five many senders are turned away


@contextlib.contextmanager
def fake_mlflow():
    """Its state and its address."""
    state = FakeMlflow()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for the client's ACK

        def reply(self, status, body):
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def hang_up(self):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def handle_any(self):
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock:
                state.requests += 1
                asked = urlsplit(self.path)
                by_run = " by run" if "run_id" in asked.query else ""
                state.asked.append(asked.path.removeprefix(API) + by_run)
                place = len(state.asked) - 1
                failure = state.fail(state.requests, (self.command, self.path))
            if failure == "before":
                return self.hang_up()
            if isinstance(failure, int):
                return self.reply(failure, {})
            if failure == "refused":
                return self.reply(400, CONSTRAINT)
            if isinstance(failure, threading.Event):
                failure.wait(60)
            with lock:
                body = state.answer(self.command, self.path, sent)
                if body and "error_code" in body:
                    state.asked[place] += ", refused"
            if failure == "after":
                return self.hang_up()
            if failure == "never":
                return self.rfile.read()  # until the client is gone
            if body is None:
                return self.reply(404, "<!doctype html><title>404 Not Found</title>")
            self.reply(404 if "error_code" in body else 200, body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        def log_message(self, *_):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield state, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
