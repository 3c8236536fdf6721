// A reader of JSON, as much of it as portfolio files need: objects, arrays, strings, numbers, true, false and null.
#pragma once
#include <cctype>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

struct Json {
    enum Kind { Null, Boolean, Number, String, Array, Object } kind = Null;
    double number = 0;
    std::string string;
    std::vector<Json> items;
    std::map<std::string, Json> fields;

    const Json* find(const std::string& name) const {
        auto found = fields.find(name);
        return found == fields.end() ? nullptr : &found->second;
    }
};

class JsonReader {
public:
    explicit JsonReader(const std::string& text) : at(text.c_str()) {}

    Json value() {
        space();
        Json json;
        if (*at == '{') {
            json.kind = Json::Object;
            list('}', [&] {
                space();
                std::string name = quoted();
                expect(':');
                json.fields[name] = value();
            });
        } else if (*at == '[') {
            json.kind = Json::Array;
            list(']', [&] { json.items.push_back(value()); });
        } else if (*at == '"') {
            json.kind = Json::String;
            json.string = quoted();
        } else if (std::isalpha(static_cast<unsigned char>(*at))) {
            json.kind = *at == 'n' ? Json::Null : Json::Boolean;
            json.number = *at == 't';
            while (std::isalpha(static_cast<unsigned char>(*at))) at++;
        } else {
            char* end;
            json.kind = Json::Number;
            json.number = std::strtod(at, &end);
            if (end == at) throw std::runtime_error("no JSON");
            at = end;
        }
        return json;
    }

private:
    const char* at;

    void space() {
        while (std::isspace(static_cast<unsigned char>(*at))) at++;
    }

    void expect(char wanted) {
        space();
        if (*at != wanted) throw std::runtime_error("no JSON");
        at++;
    }

    template <class Item> void list(char end, Item item) {
        at++;
        space();
        if (*at != end) {
            item();
            for (space(); *at == ','; space()) {
                at++;
                item();
            }
        }
        expect(end);
    }

    /** Escapes are kept as they are written: names and ids are only compared and printed. */
    std::string quoted() {
        expect('"');
        const char* start = at;
        while (*at != '"') {
            if (*at == '\\') at++;
            if (*at == 0) throw std::runtime_error("no JSON");
            at++;
        }
        return std::string(start, at++);
    }
};
